import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { disconnect, setMockOptions } from "@pulumi/pulumi/runtime/settings";
import { runInPulumiStack } from "@pulumi/pulumi/runtime/stack";
import { parse } from "yaml";
import { FlowLogAnalytics, type FlowLogAnalyticsArgs, Ingestion } from "../components";
import { formatsOf } from "../components/formats";
import { changes, changesOf } from "../docs/changes";
import { blocksIn, withBlock } from "../docs/markdown";
import { runProgram } from "../local/program";
import { LocalProvider } from "../local/provider";
import { flowlogs, workFolder } from "./cli/flowlogs";

const page = readFileSync(join(__dirname, "../docs/changing-fields.md"), "utf8");
const digestOf = (...fields: string[]) => formatsOf({ fields }, []).vpc.digest;

/** Names of what stays in AWS when it leaves the stack. */
const retained = async (args: FlowLogAnalyticsArgs): Promise<string[]> => {
  const names: string[] = [];
  const provider = new LocalProvider("us-east-1");
  class Recorder extends MockMonitor {
    override async registerResource(...[request, callback]: Parameters<MockMonitor["registerResource"]>) {
      if (request.getRetainondelete()) names.push(request.getName());
      await super.registerResource(request, callback);
    }
  }
  const recorder = new Recorder({
    call: (call) => provider.call(call),
    newResource: (resource) =>
      resource.custom ? provider.newResource(resource) : { id: undefined, state: {} },
  });
  setMockOptions(recorder, "flow-log-analytics", "test");
  await runInPulumiStack(async () => {
    new FlowLogAnalytics("flows", args);
    return {};
  });
  await disconnect();
  return names;
};

describe("docs: changing-fields.md", () => {
  it("shows what a change does to a stack: npm run docs brings it up to date", async function () {
    this.timeout(120_000);
    assert.equal(page, withBlock(page, "change", await changes()));
  });

  it("tells formats by a digest of their fields in their order, and of nothing else", async () => {
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

  it("leaves log groups in AWS that leave the stack, and no others, unless all may be deleted", async () => {
    const vpcs = { main: "vpc-0123456789abcdef0" };
    const groups = ["default", "recommended"].map((fields) => `flows-flow-logs-${digestOf(fields)}`);
    const previousFields = [["recommended"]];
    assert.deepEqual(await retained({ vpcs, previousFields }), groups);
    assert.deepEqual(await retained({ vpcs, previousFields, forceDestroy: true }), []);
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
    const lines = readFileSync(join(__dirname, "samples/default-v2.log"));
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
