// Loaded before a program that is ended with SIGTERM: writes the processor time that it used, in microseconds.
const { writeFileSync } = require("node:fs");

process.on("SIGTERM", () => {
  writeFileSync(process.env.CPU_FILE, JSON.stringify(process.cpuUsage()));
  process.exit(0);
});
