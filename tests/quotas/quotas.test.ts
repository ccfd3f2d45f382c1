import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { QUOTAS } from "../../components/quotas";
import { excessesOf } from "../../components/quotas/excess";
import { withBlock } from "../../docs/generate/markdown";
import { quotaTables } from "../../docs/generate/quotas";
import { Limits } from "../../local/program/limits";
import { LocalProvider } from "../../local/program/provider";
import { declaredPaths } from "./declared";
import models from "./models.json";
import { OPERATIONS } from "./operations";
import { KNOWN, READ } from "./pages";

const NAMES_A_CALL = /^[a-z0-9]+\.[A-Z]/;

const MODELS: Record<string, Record<string, number[]>> = models.operations;

/** Properties whose last part the API calls otherwise; everything else has the API's name but for capitals. */
const RENAMED: Record<string, string> = {
  rolename: "name",
  policyname: "name",
  policydocument: "policy",
  assumerolepolicydocument: "assumerolepolicy",
  statementname: "name",
  alarmname: "name",
  deliverystreamname: "name",
  functionname: "name",
  loggroupname: "name",
  logstreamname: "name",
  filtername: "name",
  destinationname: "name",
  querystring: "query",
  sizeinmbs: "bufferingsize",
  intervalinseconds: "bufferinginterval",
  awskmskeyarn: "kmskeyarn",
  metrics: "metricqueries",
};

const last = (path: string) => path.toLowerCase().split(".").at(-1) ?? "";

/** Returns true if a declared property is the one that the API has at this path. */
const isDeclared = (member: string, paths: Set<string>) => {
  const [, name, rest] = /^(\w+)(.*)$/.exec(last(member)) ?? [];
  const names = [last(member), `${RENAMED[name] ?? name}${rest}`];
  return [...paths].some((path) => names.includes(last(path)));
};

/** Limits of members that only share a declared property's name. */
const OTHER_MEMBERS =
  /Tags|TargetTable|TargetDatabase|Columns\[\]\.Parameters|PartitionKeys\[\]\.Parameters|StorageDescriptor\.Parameters|SchemaReference|InsufficientData|AdditionalLocations|PartitionIndexes|ReservedConcurrency|DatabaseInput\.Parameters|OnSuccess|^CatalogId|EncryptionConfiguration\.KmsKey|CustomerContent|loggingConfiguration|encryptionConfiguration|DeadLetter|KinesisStream|DirectPut/i;

describe("the table of quotas", () => {
  it("says what botocore's models say, where it names a call", () => {
    const named = QUOTAS.filter(({ source }) => NAMES_A_CALL.test(source));
    assert.ok(named.length > 100, `${named.length} limits`);
    for (const { type, property, least, most, source } of named) {
      const [call, member] = source.split(" ");
      assert.ok(OPERATIONS[type].includes(call), source);
      assert.deepEqual([least, most], MODELS[call][member], `${type} ${property}: ${source}`);
    }
  });

  it("has every limit that the models have on a property that is declared", async () => {
    const missing: string[] = [];
    for (const [type, paths] of await declaredPaths()) {
      assert.ok(OPERATIONS[type], `${type} is declared, and no call is known to make it`);
      const named = QUOTAS.filter((quota) => quota.type === type);
      for (const call of OPERATIONS[type])
        for (const member of Object.keys(MODELS[call])) {
          if (OTHER_MEMBERS.test(member) || !isDeclared(member, paths)) continue;
          const [name] = /^\w+/.exec(last(member)) ?? [];
          const isOurs = named.some(
            ({ source, property }) =>
              source === `${call} ${member}` || [last(member), RENAMED[name ?? ""]].includes(last(property)),
          );
          if (!isOurs) missing.push(`${type}: ${call} ${member}`);
        }
    }
    assert.deepEqual(missing, []);
  });

  it("has a row for each limit that only a page has, and no other row without a judge", () => {
    const fromPages = QUOTAS.filter(
      ({ source, property }) => !NAMES_A_CALL.test(source) && !/^tags/.test(property),
    );
    const rows = fromPages.map(({ type, property, least, most }) => [type, property, least, most].join(" "));
    assert.deepEqual(rows.sort(), [...READ, ...KNOWN].map((said) => said.join(" ")).sort());
  });

  it("names declared properties only", async () => {
    const declared = await declaredPaths();
    for (const { type, property } of QUOTAS) {
      const paths = declared.get(type) ?? assert.fail(`${type} is not declared`);
      const isGiven = paths.has(property) || /^(name|bucket|statementId|dashboardName)$/.test(property);
      assert.ok(isGiven, `${type} has no ${property}`);
    }
  });

  it("is printed in the docs: npm run docs brings it up to date", () => {
    const page = readFileSync(join(__dirname, "../../docs/quotas.md"), "utf8");
    assert.equal(page, withBlock(page, "quotas", quotaTables()));
  });
});

describe("a resource that AWS would refuse for its size", () => {
  const role = (length: number) =>
    excessesOf("aws:iam/role:Role", "r", { assumeRolePolicy: "x".repeat(length) });

  it("is taken at the limit and refused above it, in one sentence", () => {
    assert.deepEqual(role(2048), []);
    assert.deepEqual(role(2049), [
      "r: assumeRolePolicy has 2049 characters, and AWS takes 1 to 2048 (IAM quotas: role trust policy length)",
    ]);
  });

  it("is found in lists, maps and a dashboard's body", () => {
    const table = (comment: string) => ({
      storageDescriptor: { columns: [{ name: "a", type: "int", comment }] },
    });
    assert.equal(excessesOf("aws:glue/catalogTable:CatalogTable", "t", table("x".repeat(256))).length, 1);
    const tags = (count: number) => ({
      tags: Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, ""])),
    });
    assert.equal(excessesOf("aws:s3/bucket:Bucket", "b", tags(50)).length, 0);
    assert.equal(excessesOf("aws:s3/bucket:Bucket", "b", tags(51)).length, 1);
    const body = (metrics: number) => ({
      dashboardBody: JSON.stringify({
        widgets: [{ properties: { metrics: Array(metrics).fill(["A", "B"]) } }],
      }),
    });
    assert.equal(excessesOf("aws:cloudwatch/dashboard:Dashboard", "d", body(500)).length, 0);
    assert.equal(excessesOf("aws:cloudwatch/dashboard:Dashboard", "d", body(501)).length, 1);
  });

  it("is reported by a local run, by its physical name", () => {
    const provider = new LocalProvider("us-east-1");
    const make = (type: string, name: string, inputs: object) =>
      provider.newResource({ type, name, inputs, custom: true });
    make("aws:iam/role:Role", "r".repeat(56), {});
    assert.deepEqual(provider.limits.excesses, []);
    make("aws:iam/role:Role", "r".repeat(57), {});
    assert.match(
      provider.limits.excesses[0],
      /name has 65 characters, and AWS takes 1 to 64 \(iam\.CreateRole RoleName\)$/,
    );
  });

  it("is found in totals of several: policies of a role, permissions of a function", () => {
    const limits = new Limits();
    const note = (type: string, name: string, inputs: Record<string, unknown>) =>
      limits.note(type, name, inputs, "123456789012");
    note("aws:iam/rolePolicy:RolePolicy", "a", { role: "r", policy: "x".repeat(10_000) });
    note("aws:iam/rolePolicy:RolePolicy", "b", { role: "r", policy: `${" ".repeat(500)}${"x".repeat(240)}` });
    assert.deepEqual(limits.excesses, []);
    note("aws:iam/rolePolicy:RolePolicy", "c", { role: "r", policy: "x" });
    assert.deepEqual(limits.excesses, ["r: its policies have 10241 characters, and AWS takes 10240"]);
    for (let n = 0; n < 60; n++)
      note("aws:lambda/permission:Permission", `permission-${n}`, {
        function: "flows-etl",
        sourceArn: `arn:aws:logs:us-east-1:123456789012:log-group:${"x".repeat(46)}:*`,
      });
    assert.match(
      limits.excesses[1],
      /^permission-\d+: the function's policy has \d+ bytes with it, and AWS takes 20480$/,
    );
  });
});
