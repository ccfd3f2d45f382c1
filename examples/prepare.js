// npm runs this before it packs the component for an example (file:../..). It builds the component then, and does nothing
// when npm installs the checkout itself.

const { execFileSync } = require("node:child_process");
const { existsSync, realpathSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const { INIT_CWD = root } = process.env;
if (realpathSync(INIT_CWD).startsWith(join(realpathSync(root), "examples"))) {
  if (!existsSync(join(root, "node_modules/typescript"))) {
    console.error(`flow-log-analytics: run npm ci in ${root} first, which has the compiler of the component`);
    process.exit(1);
  }
  execFileSync("npm", ["run", "build"], { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
}
