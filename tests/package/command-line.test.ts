import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { BIN, SAMPLES } from "../cli/flowlogs";
import { bareMachine, bytesOf, installed, runInstalled } from "./command-line";
import { filesOf, pack } from "./packed";

const ROOT = resolve(__dirname, "../..");
const MB = 1e6;
/** What docs/packages.md promises of an installation with DuckDB. */
const MOST = 120 * MB;

/** Keeps the names of the files that Node.js loads. */
const LOADED = `const { writeFileSync } = require("node:fs");
process.on("exit", () => writeFileSync(process.env.LOADED, JSON.stringify(Object.keys(require.cache))));`;

/** DuckDB's own bytes, those of this machine's platform. */
const duckdbBytes = () => {
  const all = join(ROOT, "node_modules/@duckdb");
  const ofPlatform = readdirSync(all).filter((name) => name.includes(`-${process.platform}-${process.arch}`));
  const sizes = ofPlatform.map((name) => bytesOf(join(all, name)));
  return bytesOf(join(all, "node-api")) + bytesOf(join(all, "node-bindings")) + Math.max(...sizes);
};

describe("the command line that npm pack makes", () => {
  let folder: string;
  let files: string[];
  let at: string;
  let machine: NodeJS.ProcessEnv;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "flow-logs-"));
    const tarball = pack(folder, "cli");
    files = filesOf(tarball);
    at = installed(folder, tarball);
    machine = bareMachine(folder);
  });
  after(() => rmSync(folder, { recursive: true }));

  const run = (args: string[], input?: string, env = machine) => runInstalled(at, folder, env, args, input);
  const succeeded = (args: string[], input?: string) => {
    const { status, stdout, stderr } = run(args, input);
    assert.equal(status, 0, `${args.join(" ")}: ${stderr}`);
    return stdout;
  };

  it("has the program, the packages that it loads, and their licences", () => {
    const own = files.filter((file) => !file.startsWith("dist/program/"));
    assert.deepEqual(own, ["LICENSE", "README.md", "dist/THIRD-PARTY.md", "flowlogs.js", "package.json"]);
    assert.deepEqual(
      files.filter((file) => /\.(ts|map|node|test\.js)$/.test(file)),
      [],
    );
    const listed = readFileSync(join(at, "dist/THIRD-PARTY.md"), "utf8");
    const manifests = files.flatMap((file) => {
      const [, name] = /^dist\/program\/node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(file) ?? [];
      return name ? [name] : [];
    });
    assert.ok(manifests.length > 100);
    for (const name of [...manifests, "typescript"]) assert.ok(listed.includes(`\n| ${name} | `), name);
    assert.doesNotMatch(listed, /not said|GPL/);
  });

  it("asks npm for DuckDB alone, in the version that the tests run with", () => {
    const { dependencies } = JSON.parse(readFileSync(join(at, "package.json"), "utf8"));
    const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    assert.deepEqual(dependencies, { "@duckdb/node-api": devDependencies["@duckdb/node-api"] });
  });

  it("takes less than 120 MB with DuckDB, as docs/packages.md says", () => {
    const page = readFileSync(join(ROOT, "docs/packages.md"), "utf8");
    assert.match(page, /the command line, with DuckDB \| 120 MB/);
    assert.ok(bytesOf(at) < 30 * MB, `${bytesOf(at)} bytes without DuckDB`);
    assert.ok(bytesOf(at) + duckdbBytes() < MOST, `${bytesOf(at) + duckdbBytes()} bytes with DuckDB`);
  });

  it("reads a file and answers, in an empty home with Node.js and a shell alone", () => {
    const figures = JSON.parse(succeeded(["run", join(SAMPLES, "delivered-v2.log.gz"), "--json"]));
    assert.ok(figures.rows > 0 && figures.unparsed === 0);
    assert.match(succeeded(["query", "top-talkers", "--csv"]), /^srcaddr,bytes,/);
    const line = succeeded(["traffic", "--lines", "1"]);
    assert.match(JSON.parse(succeeded(["parse", "--format", "recommended"], line)).action, /ACCEPT|REJECT/);
  });

  it("serves the console, with scripts and style of its own", async () => {
    succeeded(["run", join(SAMPLES, "default-v2.log"), "--lake", "console-lake"]);
    const port = String(20_000 + (process.pid % 10_000));
    const server = spawn(join(at, "flowlogs.js"), ["console", "--lake", "console-lake", "--port", port], {
      cwd: folder,
      env: machine,
    });
    try {
      const url = String((await once(server.stdout, "data"))[0]).trim();
      const { headers } = await fetch(url, { redirect: "manual" });
      const cookie = String(headers.get("set-cookie")).split(";")[0];
      const get = async (path: string) => (await fetch(new URL(path, url), { headers: { cookie } })).text();
      const page = await get("/");
      assert.match(page, /<h2 id="who-title">Who talks to whom<\/h2>/);
      const assets = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path);
      assert.ok(assets.length >= 2);
      for (const path of assets) assert.ok((await get(path)).length > 1000, path);
    } finally {
      server.kill();
      await once(server, "exit");
    }
  });

  it("loads files of its own and DuckDB, and none that are installed around it", () => {
    const list = join(folder, "loaded.json");
    const preload = join(folder, "preload.js");
    writeFileSync(preload, LOADED);
    mkdirSync(join(folder, "node_modules/typescript"));
    writeFileSync(join(folder, "node_modules/typescript/index.js"), "throw new Error('of somebody else');");
    const env = { ...machine, NODE_OPTIONS: `--require ${preload}`, LOADED: list };
    assert.equal(run(["plan"], "", env).status, 0);
    const loaded: string[] = JSON.parse(readFileSync(list, "utf8"));
    assert.ok(loaded.length > 100);
    const isDuckdb = (file: string) => /\/node_modules\/(@duckdb|detect-libc)\//.test(file);
    const others = loaded.filter((file) => !file.startsWith(at) && !isDuckdb(file));
    assert.deepEqual(others, [preload]);
  });

  it("declares what the checkout declares, to the byte of the function", () => {
    const options = ["plan", "--json", "-c", "ingestion=SUBSCRIPTION", "-c", 'networks={"a":["10.0.0.0/8"]}'];
    const here = runInstalled(join(BIN, ".."), folder, process.env, [...options, "--archive", "here"]);
    assert.equal(succeeded([...options, "--archive", "there"]), here.stdout);
    const [mine, its] = ["here", "there"].map((name) => readFileSync(join(folder, name, "__index.js")));
    assert.ok(mine.equals(its));
  });

  it("runs the policy pack on its stack, and prints the deployer's policy", () => {
    assert.equal(JSON.parse(succeeded(["plan", "--policy", "--json"])).violations.length > 0, true);
    assert.equal(JSON.parse(succeeded(["plan", "--deployer-policy"])).Version, "2012-10-17");
  });
});
