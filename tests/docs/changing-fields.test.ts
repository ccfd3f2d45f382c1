import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type FlowLogField, Ingestion } from "../../components";
import { formatsOf } from "../../components/settings/formats";
import { changes, changesOf } from "../../docs/generate/changes";
import { blocksIn, withBlock } from "../../docs/generate/markdown";
import { runProgram } from "../../local/program";
import { flowlogs, workFolder } from "../cli/flowlogs";
import { componentGraph } from "../components/component";

const page = readFileSync(join(__dirname, "../../docs/changing-fields.md"), "utf8");
const digestOf = (...fields: FlowLogField[]) => formatsOf({ fields }, []).vpc.digest;

describe("docs: changing-fields.md", () => {
  it("shows what a change does to a stack: npm run docs brings it up to date", async function () {
    this.timeout(120_000);
    assert.equal(page, withBlock(page, "change", await changes()));
  });

  it("identifies formats by a digest of their fields in order, and of nothing else", async () => {
    assert.ok(page.includes(`\`${digestOf("default")}\` for AWS's default format`));
    assert.notEqual(digestOf("srcaddr", "dstaddr"), digestOf("dstaddr", "srcaddr"));
    const fields = ["default", "instance-tag"];
    const tagged = (key: string) => ({
      fields,
      tagFields: [{ resourceType: "instance", tagKeys: [key] }],
    });
    const changed = await changesOf(tagged("team"), tagged("service"));
    assert.deepEqual(
      changed.filter(({ fate }) => fate !== "stays").map(({ name }) => name),
      ["flows-flow-log-default"],
    );
  });

  for (const ingestion of Object.values(Ingestion))
    it(`says what leaves a stack with ${ingestion} that does not name the old format`, async () => {
      const to = { ingestion, fields: ["recommended"] };
      const leaving = (await changesOf({ ingestion, fields: ["default"] }, to))
        .filter(({ fate }) => fate === "leaves")
        .map(({ name }) => name.replace(digestOf("default"), "old"));
      const expected = {
        LAMBDA: ["flows-flow-logs-old", "flows-subscription-old"],
        SUBSCRIPTION: ["flows-flow-logs-old", "flows-stream-subscription-old"],
        DIRECT: ["flows-stream-old"],
      };
      assert.deepEqual(leaving, expected[ingestion]);
    });

  it("leaves log groups of every format in AWS when they leave the stack, and deletes streams", async () => {
    const stays = async (ingestion: Ingestion) => {
      const args = { vpcs: { main: "vpc-0123456789abcdef0" }, previousFields: [["recommended"]], ingestion };
      const { resources } = await componentGraph(args);
      const named = resources.filter(({ type }) => /:(LogGroup|FirehoseDeliveryStream)$/.test(type));
      return named.filter(({ isRetained }) => isRetained).map(({ name }) => name);
    };
    const groups = (["default", "recommended"] as const).map(
      (fields) => `flows-flow-logs-${digestOf(fields)}`,
    );
    assert.deepEqual(await stays(Ingestion.LAMBDA), groups);
    assert.deepEqual(await stays(Ingestion.SUBSCRIPTION), groups);
    assert.deepEqual(await stays(Ingestion.DIRECT), []);
  });

  it("has steps whose configuration is a stack with both formats", async () => {
    const [yaml] = blocksIn(page, "yaml");
    const values = Object.entries<unknown>(parse(yaml).config);
    const config = Object.fromEntries(
      values.map(([name, value]) => [name.replace("flow-log-analytics:", ""), value]),
    );
    const { resources } = await runProgram("dev", config);
    const digests = [digestOf("recommended", "reject-reason"), digestOf("recommended")];
    const names = resources.map(({ name }) => name);
    for (const digest of digests)
      for (const name of [`flows-flow-logs-${digest}`, `flows-subscription-${digest}`])
        assert.ok(names.includes(name), name);
    const { columns } = resources.find(({ name }) => name === "flows-table")?.inputs.storageDescriptor ?? {};
    assert.ok(columns.some(({ name }: { name: string }) => name === "reject_reason"));
  });

  it("asks in SQL that the table understands", async function () {
    this.timeout(120_000);
    const dir = workFolder();
    const lines = readFileSync(join(__dirname, "../samples/default-v2.log"));
    const config = ["-c", 'fields=["default","reject-reason"]', "-c", 'previousFields=[["default"]]'];
    const ran = await flowlogs(
      dir,
      ["run", "--format", "default", ...config, "--lake", "lake", "--json", "-"],
      lines,
    );
    assert.equal(ran.code, 0, ran.stderr);
    const [sql] = blocksIn(page, "sql");
    const { code, stdout, stderr } = await flowlogs(dir, ["query", "--json", "--sql", sql]);
    assert.equal(code, 0, stderr);
    assert.deepEqual(Object.keys(JSON.parse(stdout)[0]), ["of_the_new", "unparsed", "lines"]);
  });
});
