import assert from "node:assert/strict";
import type { DeclaredResource } from "../../local/program";
import { child, graph, ofType } from "./graph";
import { EVERY_TAG } from "./settings";

type Table = DeclaredResource["inputs"];

/** Input format, output format and SerDe that go together, as Hive names them. */
const FORMATS = {
  parquet: [
    "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
    "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
    "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
  ],
  text: [
    "org.apache.hadoop.mapred.TextInputFormat",
    "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
    "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
  ],
};

/** Reads a view's definition out of its comment. */
const definitionOf = ({ viewOriginalText }: Table) =>
  JSON.parse(Buffer.from(viewOriginalText.split(" ")[3], "base64").toString());

const viewProblems = (view: Table) => {
  const { owner, runAsInvoker } = definitionOf(view);
  return [
    ...(view.parameters.presto_view === "true" ? [] : ["is not marked as a view of Presto"]),
    ...((view.description ?? view.parameters.comment) === "Presto View" ? [] : ["has another comment"]),
    ...((view.owner ?? owner) || runAsInvoker ? [] : ["runs as nobody"]),
  ];
};

const dataProblems = ({ storageDescriptor: descriptor }: Table) => {
  const format = [
    descriptor.inputFormat,
    descriptor.outputFormat,
    descriptor.serDeInfo?.serializationLibrary,
  ];
  const isKnown = Object.values(FORMATS).some((known) => known.join() === format.join());
  return [
    ...(isKnown ? [] : ["has formats that do not go together"]),
    ...(/^s3:\/\/[^/]+\/.+\/$/.test(descriptor.location) ? [] : ["is not in a folder of a bucket"]),
  ];
};

/** Finds the reasons for which Athena's guide or Trino's Glue reader would refuse a table or view of the catalog. */
const problemsOf = (table: Table): string[] => {
  const { columns, serDeInfo } = table.storageDescriptor;
  const names: string[] = [...columns, ...(table.partitionKeys ?? [])].map(({ name }) => name);
  return [
    ...(serDeInfo?.name || serDeInfo?.serializationLibrary ? [] : ["has no SerDe information"]),
    ...(Array.isArray(table.partitionKeys) ? [] : ["has no list of partition keys"]),
    ...(new Set(names).size === names.length ? [] : ["has two columns of a name"]),
    ...([table.name, ...names].every((name) => /^[a-z0-9_]+$/.test(name)) ? [] : ["has a name to be quoted"]),
    ...(table.tableType === "VIRTUAL_VIEW" ? viewProblems(table) : dataProblems(table)),
  ];
};

describe("query: the catalog", () => {
  const DETECTIONS = { queries: ["horizontal-scan"] };
  const STACKS: [string, string, Record<string, unknown>, number][] = [
    ["dev", "dev", {}, 4],
    ["prod", "prod", {}, 4],
    ["detections", "dev", { detections: DETECTIONS }, 5],
    [
      "every field and named networks",
      "dev",
      { fields: ["all"], tagFields: EVERY_TAG, networks: { shop: ["10.0.0.0/16"] } },
      4,
    ],
  ];
  for (const [title, stack, overrides, count] of STACKS) {
    it(`has ${count} tables and views with ${title}, each with all that a reader asks for`, async () => {
      const tables = ofType(await graph(stack, overrides), "aws:glue/catalogTable:CatalogTable");
      assert.equal(tables.length, count);
      assert.deepEqual(
        tables.flatMap(({ name, inputs }) => problemsOf(inputs).map((problem) => `${name} ${problem}`)),
        [],
      );
    });
  }

  const broken = async (name: string, change: (table: Table) => void) => {
    const table = structuredClone(child(await graph("dev"), name).inputs);
    change(table);
    return problemsOf(table);
  };
  const VIEW_FAULTS: [string, string, (view: Table) => void][] = [
    ["SerDe information", "has no SerDe information", (view) => delete view.storageDescriptor.serDeInfo],
    [
      "anything in its SerDe information",
      "has no SerDe information",
      (view) => Object.assign(view.storageDescriptor, { serDeInfo: {} }),
    ],
    ["a list of partition keys", "has no list of partition keys", (view) => delete view.partitionKeys],
    ["Presto's mark", "is not marked as a view of Presto", (view) => delete view.parameters.presto_view],
    ["Presto's comment", "has another comment", (view) => delete view.parameters.comment],
    ["an owner", "runs as nobody", (view) => delete view.owner],
  ];
  for (const [missing, problem, change] of VIEW_FAULTS) {
    it(`refuses a view without ${missing}`, async () => {
      assert.deepEqual(await broken("flows-view-flow-logs-readable", change), [problem]);
    });
  }

  it("refuses a view with a description, which Trino takes for its comment", async () => {
    const describe = (view: Table) => Object.assign(view, { description: "Flow logs for people" });
    assert.deepEqual(await broken("flows-view-flow-logs-readable", describe), ["has another comment"]);
  });

  it("refuses a table whose input and output formats differ, or whose location is a whole bucket", async () => {
    const change = ({ storageDescriptor }: Table) =>
      Object.assign(storageDescriptor, { outputFormat: FORMATS.text[1], location: "s3://lake/" });
    assert.deepEqual(await broken("flows-table", change), [
      "has formats that do not go together",
      "is not in a folder of a bucket",
    ]);
  });
});
