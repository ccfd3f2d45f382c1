// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references as Pulumi's YAML writes them

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FlowLogAnalytics } from "../../components";
import { embedded } from "../components/embedded";
import { archiveOf, child } from "../components/graph";
import { VPCS } from "../components/settings";
import { pack } from "../package/packed";
import { inProject, makeUserProject, PROJECTS } from "./projects";

interface Planned {
  urn: string;
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

/** The function's archive that the checkout's component makes with the same arguments. */
const expectedArchive = async () => {
  const networks = { office: ["203.0.113.0/24"] };
  const program = await embedded("eu-west-1", () => {
    new FlowLogAnalytics("edge", { vpcs: VPCS, fields: ["recommended"], networks });
    return {};
  });
  return archiveOf(child(program, "edge-etl").inputs);
};

const LINE = (fields: number) => Array.from({ length: fields }, () => "-").join(" ");

describe("a program of the user's own", () => {
  let folder: string;
  let tarball: string;
  let expected: Record<string, string>;
  const projects = new Map<string, string>();
  const project = (name: string) => projects.get(name) ?? assert.fail(name);

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "programs-"));
    tarball = pack(folder);
    for (const name of PROJECTS) projects.set(name, makeUserProject(folder, name, tarball));
    expected = await expectedArchive();
  });
  after(() => rmSync(folder, { recursive: true }));

  const plan = (name: string, ...args: string[]): Planned[] => {
    const { status, stdout, stderr } = inProject(project(name), ["plan", "--json", ...args]);
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout);
  };

  for (const name of PROJECTS)
    it(`in ${name} is the program that plan shows in its project's folder, with the archive that it deploys`, () => {
      const { status, stdout, stderr } = inProject(project(name), ["plan", "--json", "--archive", "out"]);
      assert.equal(status, 0, stderr);
      assert.ok(stderr.startsWith(`program: ${name} in ${project(name)}, stack dev\n`), stderr);
      const resources: Planned[] = JSON.parse(stdout);
      const vpc = resources.find(({ type }) => type === "aws:ec2/vpc:Vpc");
      assert.deepEqual(vpc?.inputs, { cidrBlock: "10.0.0.0/16" });
      assert.equal(vpc?.urn, `urn:pulumi:dev::${name}::aws:ec2/vpc:Vpc::acme`);
      const flowLog = resources.find(({ type }) => type === "aws:ec2/flowLog:FlowLog");
      assert.match(String(flowLog?.inputs.vpcId), /^vpc-[0-9a-f]{17}$/);
      const file = readFileSync(join(project(name), "out/__index.js"), "utf8");
      assert.deepEqual({ "__index.js": file }, expected);
    });

  it("has the configuration of its stack, which -c overrides", () => {
    for (const name of ["javascript", "yaml"]) {
      const block = (...args: string[]) =>
        plan(name, "--stack", "staging", ...args).find(({ type }) => type === "aws:ec2/vpc:Vpc")?.inputs
          .cidrBlock;
      assert.equal(block(), "10.9.0.0/16");
      assert.equal(block("-c", "cidr=10.7.0.0/16"), "10.7.0.0/16");
    }
  });

  it("is judged by the policy pack", () => {
    const { status, stdout } = inProject(project("javascript"), ["plan", "--policy", "--json"]);
    assert.equal(status, 0);
    const { resources, violations } = JSON.parse(stdout);
    assert.ok(resources > 100);
    assert.ok(violations.length > 0);
  });

  it("runs on a file of its format, in a folder of ES modules too, and takes no other format", () => {
    const dir = project("javascript-esm");
    const made = inProject(dir, ["traffic", "--format", "recommended", "--lines", "50"]);
    const ran = inProject(dir, ["run", "-", "--format", "recommended", "--json"], made.stdout);
    assert.equal(ran.status, 0, ran.stderr);
    assert.equal(JSON.parse(ran.stdout).rows, 50);
    const asked = inProject(dir, ["query", "--csv", "--sql", "SELECT count(*) AS n FROM flow_logs"]);
    assert.equal(asked.stdout, "n\n50\n");
    const other = inProject(dir, ["run", "-"], `srcaddr dstaddr\n${LINE(2)}\n`);
    assert.equal(other.status, 1);
    assert.match(
      other.stderr,
      /no flow log of the program javascript-esm writes the format "srcaddr dstaddr"; its formats are "version /,
    );
  });

  it("is run from elsewhere with --program, and left aside with --program bundled", () => {
    const dir = project("javascript");
    const there = inProject(folder, ["plan", "--program", "javascript"]);
    assert.equal(there.status, 0);
    assert.ok(there.stderr.startsWith(`program: javascript in ${dir}, stack dev\n`));
    const bundled = inProject(dir, ["plan", "--program", "bundled"]);
    assert.equal(bundled.status, 0);
    assert.match(bundled.stderr, /^program: the one of this command line\n/);
    assert.match(bundled.stdout, /^aws:kms\/key:Key +flows-key/m);
  });
});

describe("a program that cannot be run", () => {
  const folder = mkdtempSync(join(tmpdir(), "programs-"));
  after(() => rmSync(folder, { recursive: true }));

  const refused = (name: string, files: Record<string, string>, ...args: string[]) => {
    const dir = join(folder, name);
    mkdirSync(dir);
    for (const [file, text] of Object.entries(files)) writeFileSync(join(dir, file), text);
    const { status, stdout, stderr } = inProject(dir, ["plan", ...args]);
    assert.equal(stdout, "");
    assert.notEqual(status, 0);
    return stderr.replaceAll(dir, "DIR").replace(/^program: .*\n/, "");
  };
  const yaml = (text: string) => ({ "Pulumi.yaml": `name: acme\nruntime: yaml\n${text}` });

  for (const [what, files, message] of [
    [
      "a language that is not run here",
      { "Pulumi.yaml": "name: acme\nruntime: python\n" },
      /^flowlogs: the program in DIR has the runtime python; flowlogs runs programs in nodejs \(TypeScript, JavaScript\) and yaml\n$/,
    ],
    [
      "no Pulumi installed",
      { "Pulumi.yaml": "name: acme\nruntime: nodejs\n" },
      /^flowlogs: the program in DIR has no @pulumi\/pulumi; run npm install there\n$/,
    ],
    [
      "a Pulumi.yaml without a name",
      { "Pulumi.yaml": "runtime: nodejs\n" },
      /must name a project and a runtime\n$/,
    ],
    [
      "a stack that there is not",
      { ...yaml("resources: {}\n"), "Pulumi.prod.yaml": "", "Pulumi.test.yaml": "" },
      /^flowlogs: acme has the stacks prod, test; name one with --stack\n$/,
    ],
    [
      "a component whose package is not installed",
      yaml(
        "packages:\n  flow-log-analytics: github.com/acme/it@v1\nresources:\n  a:\n    type: flow-log-analytics:FlowLogAnalytics\n",
      ),
      /flow-log-analytics comes from github.com\/acme\/it@v1, which is not installed; run pulumi install in DIR\n$/,
    ],
    ["a reference to nothing", yaml("outputs:\n  a: ${b.c}\n"), /refers to b, which it does not have\n$/],
    [
      "a circle",
      yaml('variables:\n  a: [x, "${b}"]\n  b: ${a[0]}\noutputs:\n  c: ${a}\n'),
      /[ab] in the program acme refers to itself\n$/,
    ],
    [
      "a function that is not known",
      yaml("outputs:\n  a:\n    fn::rot13: b\n"),
      /flowlogs does not know fn::rot13; it knows fn::invoke, /,
    ],
    [
      "a question that only AWS can answer",
      yaml("variables:\n  a:\n    fn::aws:ec2:getAmi: {}\noutputs:\n  b: ${a.id}\n"),
      /the program asks aws:ec2\/getAmi:getAmi, which only AWS can answer\n$/,
    ],
    [
      "a configuration value that is missing",
      yaml("config:\n  size:\n    type: integer\n"),
      /the program acme needs the configuration value size\n$/,
    ],
  ] as const)
    it(`says so of ${what}`, () => {
      assert.match(refused(what.replaceAll(" ", "-"), files), message);
    });

  it("says what the program itself said", () => {
    const files = {
      "Pulumi.yaml": "name: acme\nruntime: nodejs\n",
      "package.json": "{}",
      "index.js": `const { RunError } = require("@pulumi/pulumi"); throw new RunError("no such team: blue");`,
    };
    const dir = join(folder, "node_modules/@pulumi");
    mkdirSync(dir, { recursive: true });
    require("node:fs").symlinkSync(join(__dirname, "../../node_modules/@pulumi/pulumi"), join(dir, "pulumi"));
    assert.equal(refused("throws", files), "flowlogs: the program in DIR fails: no such team: blue\n");
  });
});
