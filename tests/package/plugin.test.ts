import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { specialOutputValueSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { FlowLogAnalytics, type FlowLogAnalyticsArgs } from "../../components";
import { componentSchema } from "../../docs/generate/schema";
import { type EmbeddedResource, embedded } from "../components/embedded";
import { archiveOf, child } from "../components/graph";
import { VPCS } from "../components/settings";
import { type Engine, startEngine } from "./engine";
import { type Plugin, startPlugin } from "./plugin";

const ROOT = resolve(__dirname, "../..");
const TYPE = "flow-log-analytics:index:FlowLogAnalytics";
const committed = () => JSON.parse(readFileSync(join(ROOT, "schema.json"), "utf8"));

/** Another resource's output as the engine writes it. Without a value, it is unknown. */
const outputValue = (urn: string, value?: string) => ({
  [specialSigKey]: specialOutputValueSig,
  dependencies: [urn],
  ...(value && { value }),
});

describe("schema.json", () => {
  it("is what Pulumi's analyzer reads in the sources: npm run schema brings it up to date", () => {
    assert.deepEqual(committed(), JSON.parse(componentSchema()));
  });

  it("says which package's version it is", () => {
    const { name, version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    assert.equal(committed().name, name);
    assert.equal(committed().version, version);
  });
});

describe("the plugin, from a folder that has neither package.json nor tsconfig.json", () => {
  let engine: Engine;
  let plugin: Plugin;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "yaml-"));
    engine = await startEngine("eu-central-1");
    plugin = await startPlugin(ROOT, folder, engine);
  });
  after(async () => {
    await plugin.stop();
    engine.stop();
    rmSync(folder, { recursive: true });
  });

  it("answers with the committed schema", async () => {
    assert.deepEqual(await plugin.schema(), committed());
  });

  it("declares what the component declares in a program in TypeScript, to the byte of the function", async () => {
    const args: FlowLogAnalyticsArgs = {
      vpcs: VPCS,
      fields: ["recommended"],
      networks: { office: ["203.0.113.0/24"] },
    };
    await plugin.construct(TYPE, "edge", { ...args } as Parameters<Plugin["construct"]>[2]);
    const program = await embedded("eu-central-1", () => {
      new FlowLogAnalytics("edge", args);
      return {};
    });
    const declared = ({ resources }: { resources: EmbeddedResource[] }) =>
      Object.fromEntries(
        resources.map(({ name, type, inputs: { code, ...inputs } }) => [name, { type, inputs }]),
      );
    const constructed = { resources: engine.resources() };
    assert.deepEqual(declared(constructed), declared(program));
    assert.deepEqual(
      await archiveOf(child(constructed, "edge-etl").inputs),
      await archiveOf(child(program, "edge-etl").inputs),
    );
  });

  it("accepts another resource's id, and depends on that resource", async () => {
    const urn = "urn:pulumi:test::acme-network::aws:ec2/vpc:Vpc::acme";
    await plugin.construct(TYPE, "given", { vpcs: { main: outputValue(urn, VPCS.main) } });
    const flowLog = child({ resources: engine.resources() }, "given-flow-log-main");
    assert.equal(flowLog.inputs.vpcId, VPCS.main);
    assert.ok(flowLog.waitsFor.includes("acme"));
  });

  it("accepts an unknown id in a preview", async () => {
    const urn = "urn:pulumi:test::acme-network::aws:ec2/vpc:Vpc::acme";
    await plugin.construct(TYPE, "preview", { vpcs: { main: outputValue(urn) } }, true);
    const flowLog = child({ resources: engine.resources() }, "preview-flow-log-main");
    assert.equal(flowLog.inputs.vpcId, undefined);
    assert.ok(flowLog.waitsFor.includes("acme"));
  });

  it("returns every output of the schema", async () => {
    const { required } = committed().resources[TYPE];
    const answer = await plugin.construct(TYPE, "outputs", { vpcs: VPCS });
    assert.deepEqual(
      required.filter((output: string) => answer.getState()?.toJavaScript()[output] === undefined),
      [],
    );
    assert.match(answer.getUrn(), /FlowLogAnalytics::outputs$/);
  });

  it("refuses arguments in the component's own words", async () => {
    await assert.rejects(plugin.construct(TYPE, "wrong", { vpcs: { main: "vpc" } }), /must be a VPC id/);
  });

  it("refuses a resource that it does not have", async () => {
    await assert.rejects(
      plugin.construct("flow-log-analytics:index:Flows", "flows", {}),
      /FlowLogAnalytics only/,
    );
  });
});
