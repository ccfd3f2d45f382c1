import assert from "node:assert/strict";
import type { Program } from "../../local/program";
import { missingFields, savedQueries, tableOf } from "../../queries";
import { layoutOfColumns } from "../../schema/layout";
import { child, graph, ofType } from "./graph";

const NAMED_QUERY = "aws:athena/namedQuery:NamedQuery";

/** The queries that a stack's fields allow. */
const savedIn = (program: Program) => {
  const columns = child(program, "flows-table").inputs.storageDescriptor.columns;
  const layout = layoutOfColumns(columns.map(({ name }: { name: string }) => name));
  return savedQueries(tableOf(layout, ["172.31.0.0/16"])).filter(
    (query) => missingFields(query, layout).length === 0,
  );
};

/** Names of the queries that a stack with these fields saves. */
const savedWith = async (fields: string[]): Promise<string[]> =>
  (await graph("dev", { fields })).resources
    .filter(({ type }) => type === NAMED_QUERY)
    .map(({ inputs }) => inputs.name);

describe("query", () => {
  let dev: Program;

  before(async () => {
    dev = await graph("dev");
  });

  it("has a workgroup whose result location, encryption and scan limit no client can override", () => {
    assert.equal(ofType(dev, "aws:athena/workgroup:Workgroup").length, 1);
    assert.deepEqual(child(dev, "flows-workgroup").inputs, {
      description: "Questions to the flow logs of flows",
      forceDestroy: true,
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: 100 * 1024 ** 3,
        resultConfiguration: {
          outputLocation: `s3://${child(dev, "flows-lake").state.bucket}/results/`,
          expectedBucketOwner: "123456789012",
          encryptionConfiguration: {
            encryptionOption: "SSE_KMS",
            kmsKeyArn: child(dev, "flows-key").state.arn,
          },
        },
      },
    });
  });

  it("does not delete prod's workgroup while it has queries", async () => {
    assert.equal(child(await graph("prod"), "flows-workgroup").inputs.forceDestroy, false);
  });

  it("keeps results outside the table's location", () => {
    const { outputLocation } = child(dev, "flows-workgroup").inputs.configuration.resultConfiguration;
    const { location } = child(dev, "flows-table").inputs.storageDescriptor;
    assert.equal(outputLocation.startsWith(location) || location.startsWith(outputLocation), false);
  });

  for (const stack of ["dev", "prod"]) {
    it(`saves every query in ${stack}'s workgroup, on its database, under the query's own name`, async () => {
      const program = await graph(stack);
      assert.deepEqual(
        ofType(program, NAMED_QUERY).map(({ name, inputs }) => [name, inputs]),
        savedIn(program).map(({ name, title, question, text }) => [
          `flows-query-${name}`,
          {
            name,
            description: `${title}. ${question}`,
            database: child(program, "flows-database").state.name,
            workgroup: child(program, "flows-workgroup").state.name,
            query: text,
          },
        ]),
      );
    });
  }

  it("has a prepared statement for each of them, under a name without hyphens, whose description lists its parameters", () => {
    const prepared = ofType(dev, "aws:athena/preparedStatement:PreparedStatement");
    assert.deepEqual(
      prepared.map(({ inputs }) => inputs.name),
      savedIn(dev).map(({ name }) => name.replaceAll("-", "_")),
    );
    for (const { inputs } of prepared) {
      const [, named] = /Parameters: (.+)$/.exec(inputs.description) ?? [];
      const marks =
        [...inputs.queryStatement.matchAll(/\?/g)].length -
        (inputs.queryStatement.split("\n")[0].match(/\?/g) ?? []).length;
      assert.equal(marks, named === "none" ? 0 : named.split(", ").length, inputs.name);
      assert.match(inputs.name, /^[a-zA-Z_][a-zA-Z0-9_@:]{1,256}$/);
      assert.ok(inputs.description.length <= 1024);
    }
  });

  it("saves no query whose name, description or SQL is too long for Athena", () => {
    for (const { inputs } of ofType(dev, NAMED_QUERY)) {
      assert.ok(inputs.name.length <= 128, inputs.name);
      assert.ok(inputs.description.length <= 1024, inputs.name);
      assert.ok(Buffer.byteLength(inputs.query) <= 262_144, inputs.name);
    }
  });

  it("leaves no parameter open and reads the stack's table", () => {
    for (const { inputs } of ofType(dev, NAMED_QUERY)) {
      assert.doesNotMatch(inputs.query, /(?<![:\w]):[a-z]/, inputs.name);
      assert.match(inputs.query, /^ *FROM flow_logs$/m, inputs.name);
    }
    assert.equal(child(dev, "flows-table").inputs.name, "flow_logs");
  });

  const enough = ["packets", "bytes", "start", "action"];

  it("saves only the queries whose fields the format has", async () => {
    assert.deepEqual(await savedWith(enough), [
      "traffic-per-day",
      "traffic-per-hour",
      "traffic-per-minute",
      "unparsed-lines",
    ]);
  });

  it("does not save a query if the format lacks one of its fields", async () => {
    assert.deepEqual(await savedWith(enough.filter((name) => name !== "action")), ["unparsed-lines"]);
  });

  it("saves no query about more than addresses if there are only addresses", async () => {
    assert.deepEqual(await savedWith(["dstaddr", "srcaddr"]), ["unparsed-lines"]);
  });
});
