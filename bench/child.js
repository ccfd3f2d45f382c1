// Runs one contender in a process of its own: loads the handler for its first call, then runs rounds of calls on request.

const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");

const [file, eventsFile] = process.argv.slice(2);
const events = JSON.parse(readFileSync(eventsFile, "utf8"));
const context = { awsRequestId: "bench", getRemainingTimeInMillis: () => 60_000 };
let handler;

const load = async () => {
  const began = performance.now();
  ({ handler } = require(file));
  await handler(events[0].event, context);
  return { firstCallMs: performance.now() - began, rawBytes: events[0].rawBytes };
};

/** Every round begins with the same event, so that all contenders read the same bytes. */
const round = async (calls) => {
  const wall = performance.now();
  const cpu = process.cpuUsage();
  let rawBytes = 0;
  for (let n = 0; n < calls; n++) {
    const { event, rawBytes: bytes } = events[n % events.length];
    await handler(event, context);
    rawBytes += bytes;
  }
  const { user, system } = process.cpuUsage(cpu);
  return { rawBytes, cpuMs: (user + system) / 1000, wallMs: performance.now() - wall };
};

/**
 * Returns the process's peak memory. Without /proc it returns maxRSS, which on Linux includes the peak of the forking
 * process.
 */
const peakRss = () => {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
};

/** Requests that the stub of the SDK has taken; undefined if the SDK is the real one. */
const sent = () => createRequire(file)("@aws-sdk/client-firehose").sent;

process.on("message", async ({ calls }) => {
  try {
    const result = calls === undefined ? await load() : await round(calls);
    process.send({ ...result, peakRss: peakRss(), sent: sent() });
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) });
  }
});
process.send({ ready: true });
