import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

// Runs tests with other versions of Node.js, from the npm package `node`. Needs the network the first time.
// Arguments are versions and test files: `npm run test:node -- 24 tests/functions/etl.test.ts`.

const ROOT = join(__dirname, "../..");
const VERSIONS = ["22", "24"];
/** Folders whose tests depend on Node.js itself: processes, streams, modules, WebAssembly. */
const FOLDERS = ["schema", "functions", "components", "local", "cli", "queries"];

const filesIn = (folder: string) =>
  readdirSync(join(ROOT, "tests", folder))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `tests/${folder}/${name}`);

const run = (version: string, files: string[]): boolean => {
  console.log(`Node.js ${version}: ${files.length} files`);
  const mocha = ["node", "node_modules/mocha/bin/mocha.js", ...files];
  const { status } = spawnSync("npm", ["exec", "--yes", `--package=node@${version}`, "--", ...mocha], {
    cwd: ROOT,
    stdio: "inherit",
  });
  return status === 0;
};

const given = process.argv.slice(2);
const versions = given.filter((argument) => /^\d+(\.\d+)*$/.test(argument));
const files = given.filter((argument) => !versions.includes(argument));
const failed = (versions.length > 0 ? versions : VERSIONS).filter(
  (version) => !run(version, files.length > 0 ? files : FOLDERS.flatMap(filesIn)),
);
if (failed.length > 0) console.error(`failed with Node.js ${failed.join(", ")}`);
process.exitCode = failed.length > 0 ? 1 : 0;
