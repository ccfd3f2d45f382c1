import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deployerPolicy } from "../../cli/plan/deployer/policy";
import { deployingCalls, deployingPrinted } from "../../docs/generate/deploying";
import { blocksIn, tableIn, withBlock } from "../../docs/generate/markdown";
import { flowlogs, workFolder } from "../cli/flowlogs";
import { child, graph } from "../components/graph";

const page = readFileSync(join(__dirname, "../../docs/deploying.md"), "utf8");

describe("docs: deploying.md", () => {
  const dir = workFolder();
  const shell = blocksIn(page, "sh");

  it("has what the code says: npm run docs brings it up to date", async () => {
    assert.equal(page, withBlock(page, "calls", deployingCalls()));
    assert.equal(page, withBlock(page, "printed", await deployingPrinted()));
  });

  it("shows the real output of its first command, and loops over each part", async () => {
    const [command] = shell[0].trim().split(" > ");
    const { code, stdout, stderr } = await flowlogs(dir, command.replace("npx flowlogs ", "").split(" "));
    assert.equal(code, 0, stderr);
    assert.ok(stdout.startsWith(blocksIn(page, "json")[0]));
    assert.equal(stderr, blocksIn(page, "text")[0]);
    const parts = stderr.match(/--deployer-policy \d+/g) ?? [];
    assert.match(page, new RegExp(`^for part in ${parts.map((_, n) => n + 1).join(" ")}; do$`, "m"));
  });

  /** Permissions and kinds of resources (API model lakeformation, GrantPermissions). */
  const GRANTS = ["CREATE_DATABASE", "DATA_LOCATION_ACCESS", "DESCRIBE", "SELECT"];
  const grants = shell
    .join("\n")
    .replaceAll("\\\n", "")
    .split("\n")
    .filter((line) => line.includes("grant-permissions"))
    .map((line) => /--permissions ([A-Z_ ]+?) +--resource '(.*)'$/.exec(line) ?? []);

  it("grants what Lake Formation knows, on the database and the tables that the stack declares", async () => {
    const dev = await graph("dev");
    const database = child(dev, "flows-database").inputs.name;
    assert.equal(grants.length, 6);
    for (const [line, permissions, json] of grants) {
      assert.deepEqual(
        permissions.split(" ").filter((permission) => !GRANTS.includes(permission)),
        [],
        line,
      );
      const { Catalog, Database, Table, DataLocation } = JSON.parse(json);
      if (Database) assert.deepEqual(Database, { Name: database });
      if (Table) assert.equal(Table.DatabaseName, database);
      if (Table?.Name) assert.equal(Table.Name, child(dev, "flows-table").inputs.name);
      assert.equal([Catalog, Database, Table, DataLocation].filter(Boolean).length, 1, line);
    }
  });

  it("names the roles that need grants as the stack does", async () => {
    const { resources } = await graph("dev", { detections: { queries: ["top-pairs"] } });
    for (const name of ["flows-stream-role", "flows-detect-role"]) {
      assert.ok(page.includes(`\`${name}-…\``), name);
      child({ resources }, name);
    }
  });

  it("names the service-linked roles that the policy may create", async () => {
    const configurations = [
      { ingestion: "DIRECT" },
      { fields: ["default", "instance-tag"], tagFields: [{ resourceType: "instance", tagKeys: ["Name"] }] },
    ];
    const roles = tableIn(page, "role", "when").map(([role]) => role);
    for (const [n, configuration] of configurations.entries()) {
      const policy = JSON.stringify(deployerPolicy(await graph("dev", configuration), "*"));
      const [, service, role] = /role\/aws-service-role\/([\w.-]+)\/(\w+)/.exec(policy) ?? [];
      assert.equal(roles[n], `\`${role}\` (${service})`);
    }
  });
});
