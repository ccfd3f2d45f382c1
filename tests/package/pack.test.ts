import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { FlowLogAnalytics } from "../../components";
import { embedded } from "../components/embedded";
import { archiveOf, child } from "../components/graph";
import { VPCS } from "../components/settings";
import { LINE } from "../functions/envelope";
import { bytesOf } from "./command-line";
import { startEngine } from "./engine";
import { invoke } from "./invoke";
import { filesOf, LAYOUTS, makeProject, pack, runProject } from "./packed";
import { startPlugin } from "./plugin";
import { entriesOf } from "./tarball";

const ROOT = resolve(__dirname, "../..");

/** The function's archive of the checkout. */
const here = async () => {
  const program = await embedded("us-east-1", () => {
    new FlowLogAnalytics("edge", { vpcs: VPCS, fields: ["recommended"] });
    return {};
  });
  return archiveOf(child(program, "edge-etl").inputs);
};

describe("the package that npm pack makes", () => {
  let folder: string;
  let tarball: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "flow-logs-"));
    tarball = pack(folder);
  });
  after(() => rmSync(folder, { recursive: true }));

  it("has the component, compiled, with its types and queries, and nothing of the checkout beside", () => {
    const files = filesOf(tarball);
    const folders = files.map((file) => file.split("/").slice(0, -1).slice(0, 2).join("/"));
    assert.deepEqual(
      [...new Set(folders)],
      [
        "",
        "dist/components",
        "dist/functions",
        "dist/plugin",
        "dist/queries",
        "dist",
        "dist/schema",
        "plugin",
      ],
    );
    assert.deepEqual(
      files.filter((file) => !file.startsWith("dist/")),
      ["LICENSE", "PulumiPlugin.yaml", "README.md", "README.zh-CN.md", "package.json", "plugin/index.js"],
    );
    const sources = files.filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"));
    assert.deepEqual(sources, []);
    assert.deepEqual(
      files.filter((file) => file.endsWith(".sql")),
      readdirSync(join(ROOT, "queries"), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".sql"))
        .map((file) => `dist/queries/${file}`),
    );
  });

  it("takes less than 1 MB beside its peers, and a checkout with its packages less than 600 MB, as docs/packages.md says", () => {
    const page = readFileSync(join(ROOT, "docs/packages.md"), "utf8");
    assert.match(page, /the component, beyond its peers \| 1 MB/);
    assert.match(page, /`npm ci` in a checkout \| 600 MB/);
    const bytes = entriesOf(tarball).reduce((sum, [, content]) => sum + content.length, 0);
    assert.ok(bytes < 1e6, `${bytes} bytes`);
    const installed = bytesOf(join(ROOT, "node_modules"));
    assert.ok(installed < 600e6, `${installed} bytes`);
  });

  it("requires Pulumi and the AWS provider, and nothing else", () => {
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    assert.equal(dependencies, undefined);
    assert.deepEqual(Object.keys(peerDependencies), ["@pulumi/aws", "@pulumi/pulumi"]);
    for (const [peer, range] of Object.entries(peerDependencies)) {
      const { version } = require(`${peer}/package.json`);
      assert.equal(range, `^${version}`, "the range begins with what the tests run with");
    }
  });

  for (const [manager, lay] of Object.entries(LAYOUTS)) {
    it(`declares the same function as the checkout, without TypeScript, where ${manager} installed it`, async () => {
      const project = join(folder, manager);
      makeProject(project, { "flow-log-analytics": "0.1.0" });
      lay(project, tarball);
      assert.deepEqual(runProject(project), await here());
    });
  }

  it("has a function that runs without the package", async () => {
    const rows = await invoke(runProject(join(folder, "npm")), join(folder, "function"), ["odd", LINE]);
    assert.deepEqual(
      rows.map((row) => row.zz),
      ["odd", LINE],
    );
  });

  it("is a plugin for programs in other languages", async () => {
    const engine = await startEngine("us-east-1");
    const plugin = await startPlugin(join(folder, "npm/node_modules/flow-log-analytics"), folder, engine);
    try {
      const schema = JSON.parse(readFileSync(join(ROOT, "schema.json"), "utf8"));
      assert.deepEqual(await plugin.schema(), schema);
      const [type] = Object.keys(schema.resources);
      await plugin.construct(type, "edge", { vpcs: VPCS, fields: ["recommended"] });
      const etl = child({ resources: engine.resources() }, "edge-etl");
      assert.deepEqual(await archiveOf(etl.inputs), await here());
    } finally {
      await plugin.stop();
      engine.stop();
    }
  });
});
