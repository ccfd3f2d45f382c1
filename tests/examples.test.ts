import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import schema from "../schema.json";
import { type EmbeddedResource, embedded } from "./components/embedded";
import { child } from "./components/graph";
import "./examples-resolve";
import { objectProblems } from "./package/conforms";

const ROOT = resolve(__dirname, "..");
const EXAMPLES = join(ROOT, "examples");
const RESOLVE = join(__dirname, "examples-resolve.ts");
const read = (...path: string[]) => readFileSync(join(EXAMPLES, ...path), "utf8");
const folders = readdirSync(EXAMPLES, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
/** This example has no FlowLogAnalytics. tests/policy tests it. */
const NEVER_DEPLOYED = "insecure";
const isTypeScript = (folder: string) => existsSync(join(EXAMPLES, folder, "index.ts"));
const OTHER_LANGUAGES = ["go", "python", "yaml"];

/** Runs an example as its own program. */
const run = (folder: string) => embedded("us-east-1", () => ({ ...require(join(EXAMPLES, folder)) }));

const named = ({ resources }: { resources: EmbeddedResource[] }, type: string) =>
  resources.filter((resource) => resource.type === type).map(({ name }) => name);

describe("examples", () => {
  it("are type-checked with everything else", () => {
    const { include, compilerOptions } = JSON.parse(readFileSync(join(ROOT, "tsconfig.json"), "utf8"));
    assert.ok(include.includes("examples"));
    assert.deepEqual(compilerOptions.paths, { "flow-log-analytics": ["./components"] });
  });

  it("are each in the list and say how to run them", () => {
    for (const folder of folders) {
      assert.ok(read("README.md").includes(`](${folder}/)`), folder);
      if (folder !== NEVER_DEPLOYED) assert.match(read(folder, "README.md"), /^pulumi up$/m);
      const { runtime } = parse(read(folder, "Pulumi.yaml"));
      assert.equal(runtime.name ?? runtime, isTypeScript(folder) ? "nodejs" : folder);
    }
    assert.deepEqual(folders.filter((folder) => !isTypeScript(folder)).sort(), OTHER_LANGUAGES);
  });

  it("in other languages have the package of this checkout", () => {
    for (const folder of OTHER_LANGUAGES) {
      const { packages } = parse(read(folder, "Pulumi.yaml"));
      assert.equal(resolve(EXAMPLES, folder, packages["flow-log-analytics"]), ROOT, folder);
    }
    assert.ok(existsSync(join(ROOT, "PulumiPlugin.yaml")));
  });

  it("typescript: one network's name, a year, and the VPC's block as inside", async () => {
    const program = await run("typescript");
    assert.equal(child(program, "flows-flow-log-main").inputs.vpcId, "vpc-0123456789abcdef0");
    const { parameters } = child(program, "flows-table").inputs as { parameters: Record<string, string> };
    assert.match(parameters.insideCidrBlocks, /^[\d.]+\/\d+$/);
    assert.equal(program.outputs.table, "flow_logs");
  });

  it("install the component of the checkout, a copy and no link, and what it asks for", () => {
    const { peerDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    for (const folder of folders.filter(isTypeScript).filter((name) => name !== NEVER_DEPLOYED)) {
      const { dependencies } = JSON.parse(read(folder, "package.json"));
      assert.deepEqual(dependencies, { ...peerDependencies, "flow-log-analytics": "file:../.." }, folder);
      assert.match(read(folder, ".npmrc"), /^install-links=true$/m, folder);
    }
  });

  it("name the version that a project elsewhere would name", () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    assert.ok(read("README.md").includes(`"flow-log-analytics": "^${version}"`));
  });

  it("have the component built before npm packs it for them, and for no other install", () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    assert.equal(scripts.prepare, "node examples/prepare.js");
    const prepare = (installing: string, root: string) =>
      spawnSync(process.execPath, [join(root, "examples/prepare.js")], {
        env: { ...process.env, INIT_CWD: installing },
        encoding: "utf8",
      });
    assert.equal(prepare(ROOT, ROOT).status, 0);
    // A checkout without its packages, so that nothing is built here.
    const root = mkdtempSync(join(tmpdir(), "examples-"));
    try {
      mkdirSync(join(root, "examples/minimal"), { recursive: true });
      cpSync(join(EXAMPLES, "prepare.js"), join(root, "examples/prepare.js"));
      assert.equal(prepare(root, root).status, 0);
      const { status, stderr } = prepare(join(root, "examples/minimal"), root);
      assert.equal(status, 1);
      assert.match(stderr, /run npm ci in .* first/);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it("minimal: one VPC and no other argument", async () => {
    const program = await run("minimal");
    assert.equal(child(program, "flows-flow-log-main").inputs.vpcId, "vpc-0123456789abcdef0");
    assert.equal(program.outputs.table, "flow_logs");
    assert.match(String(program.outputs.athena), /^https:/);
  });

  it("own-bucket-and-key: everything goes into the program's bucket, under its key, and no other is made", async () => {
    const program = await run("own-bucket-and-key");
    assert.deepEqual(named(program, "aws:s3/bucket:Bucket"), ["company"]);
    assert.deepEqual(named(program, "aws:kms/key:Key"), ["company"]);
    const { extendedS3Configuration: s3 } = child(program, "flows-stream").inputs as {
      extendedS3Configuration: { bucketArn: string; kmsKeyArn: string };
    };
    assert.equal(s3.bucketArn, `arn:aws:s3:::${program.outputs.bucketName}`);
    assert.match(s3.kmsKeyArn, /key\/company/);
  });

  it("two-vpcs: two flow logs write to one log group, and the function knows the names of both networks", async () => {
    const program = await run("two-vpcs");
    const [web, data] = ["flows-flow-log-web", "flows-flow-log-data"].map(
      (name) => child(program, name).inputs,
    );
    assert.notEqual(web.vpcId, data.vpcId);
    assert.equal(web.logDestination, data.logDestination);
    const { storageDescriptor } = child(program, "flows-table").inputs as {
      storageDescriptor: { columns: { name: string }[] };
    };
    const columns = storageDescriptor.columns.map(({ name }) => name);
    for (const column of ["vpc_id", "src_network", "dst_network"])
      assert.ok(columns.includes(column), column);
  });

  it("direct-firehose: the flow log writes to the stream, and a policy lets others do so", async () => {
    const program = await run("direct-firehose");
    assert.equal(child(program, "flows-flow-log-main").inputs.logDestinationType, "kinesis-data-firehose");
    assert.deepEqual(named(program, "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter"), []);
    assert.match(String(child(program, "producer").inputs.policy), /firehose:PutRecordBatch/);
    assert.match(String(program.outputs.producerPolicy), /policy\/producer/);
  });

  it("unit-tests: the example's own tests pass, with ids, ARNs and outputs as mocks give them", () => {
    const args = ["--no-config", "--require", "ts-node/register/transpile-only", "--require", RESOLVE];
    const file = join(EXAMPLES, "unit-tests/network.test.ts");
    const mocha = join(ROOT, "node_modules/mocha/bin/mocha.js");
    const { status, stdout, stderr } = spawnSync(process.execPath, [mocha, ...args, file], {
      encoding: "utf8",
    });
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, /3 passing/);
  });

  it("unit-tests: the program itself declares a network", async () => {
    const program = await run("unit-tests");
    assert.deepEqual(named(program, "aws:ec2/vpc:Vpc"), ["acme"]);
    assert.equal(program.outputs.table, "flow_logs");
  });

  describe("yaml", () => {
    const program = parse(read("yaml", "Pulumi.yaml"));
    const { type, properties } = program.resources.flows;
    const component = schema.resources["flow-log-analytics:index:FlowLogAnalytics"];
    const against = (value: unknown) =>
      objectProblems(value, component.inputProperties, component.requiredInputs, schema.types, "flows");

    it("uses the component by the name that the schema gives it", () => {
      const [name, resource] = type.split(":");
      assert.ok(`${name}:index:${resource}` in schema.resources);
    });

    it("sets properties that the schema has, each of its type", () => {
      assert.deepEqual(against(properties), []);
    });

    it("refers to outputs that the schema has", () => {
      for (const expression of Object.values<string>(program.outputs)) {
        const [, output] = /^\$\{flows\.(\w+)/.exec(expression) ?? assert.fail(expression);
        assert.ok(output in component.properties, output);
      }
    });

    for (const [what, change, problem] of [
      ["a property that there is not", { vpc: "vpc-1" }, "flows.vpc is not known"],
      [
        "a text where a number belongs",
        { bufferingInterval: "60" },
        "flows.bufferingInterval must be a number",
      ],
      ["one text where a list belongs", { fields: "recommended" }, "flows.fields must be a list"],
      [
        "a value that the enum has not",
        { ingestion: "direct" },
        "flows.ingestion must be one of its enum's values",
      ],
      [
        "a nested property that there is not",
        { retention: { days: 1 } },
        "flows.retention.days is not known",
      ],
      ["a nested property left out", { objectLock: { days: 1 } }, "flows.objectLock.mode is missing"],
      [
        "an expression that is not plain",
        { networks: { a: [properties.vpcs.main] } },
        "flows.networks.a[0] must be plain",
      ],
    ] as const) {
      it(`could not have ${what}`, () => {
        assert.deepEqual(against({ ...properties, ...change }), [problem]);
      });
    }
  });
});
