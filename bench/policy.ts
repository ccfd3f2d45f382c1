import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { PolicyResource } from "@pulumi/policy";
import { runProgram } from "../local/program";
import type { Planned } from "../policy/judge";
import { startAnalyzer } from "../tests/policy/analyzer";
import { observe } from "../tests/policy/observe";

// Measures the policy pack against a pack without rules: npm run bench:policy -- --pairs 7
// Each pack is a process of its own that is asked over gRPC as Pulumi's engine asks it. The figure is that process's
// processor time. Pairs alternate, so that a busy machine slows both packs alike.

const ROOT = join(__dirname, "..");
const RESOURCES = 500;

interface Asked {
  inputs: PolicyResource[];
  outputs: Record<string, PolicyResource>;
}

/** Makes a folder with a pack that has no rules. */
function emptyPack(folder: string): string {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(ROOT, "node_modules/@pulumi"), join(folder, "node_modules/@pulumi"));
  writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  writeFileSync(join(folder, "package.json"), '{ "name": "empty", "version": "1.0.0", "main": "index.js" }');
  const code =
    'const { PolicyPack } = require("@pulumi/policy");\nnew PolicyPack("empty", { policies: [] });\n';
  writeFileSync(join(folder, "index.js"), code);
  return folder;
}

const plain = (props: unknown) => JSON.parse(JSON.stringify(props));

/** Returns a copy of the stack's resources with unique names. */
function copyOf(planned: Planned[], copy: number): { inputs: PolicyResource; outputs: PolicyResource }[] {
  const copies = new Map<string, PolicyResource>();
  const renamed = (sources: PolicyResource[]) => sources.flatMap(({ urn }) => copies.get(urn) ?? []);
  return planned.map(({ inputs, resource }) => {
    const { urn, name, props, dependencies, propertyDependencies } = resource;
    const outputs = {
      ...resource,
      urn: `${urn}-${copy}`,
      name: `${name}-${copy}`,
      props: plain(props),
      dependencies: renamed(dependencies),
      propertyDependencies: Object.fromEntries(
        Object.entries(propertyDependencies).map(([property, sources]) => [property, renamed(sources)]),
      ),
    };
    copies.set(urn, outputs);
    return { outputs, inputs: { ...outputs, props: plain(inputs) } };
  });
}

/** Returns so many resources: copies of this project's production stack. */
async function resources(count: number): Promise<Asked> {
  const { planned } = await observe(() => runProgram("prod"));
  const copies = Array.from({ length: Math.ceil(count / planned.length) }, (_, index) =>
    copyOf(planned, index),
  );
  const all = copies.flat().slice(0, count);
  return {
    inputs: all.map(({ inputs }) => inputs),
    outputs: Object.fromEntries(all.map(({ outputs }) => [outputs.urn, outputs])),
  };
}

/** Returns the processor time, in milliseconds, in which a pack's process starts and judges these resources. */
async function cost(pack: string, { inputs, outputs }: Asked, workplace: string): Promise<number> {
  process.env.CPU_FILE = join(workplace, "cpu.json");
  const analyzer = await startAnalyzer(pack, ["--require", join(__dirname, "cpu-at-exit.js")]);
  await analyzer.info();
  await analyzer.configure({});
  for (const each of inputs) {
    await analyzer.remediate(each);
    await analyzer.analyze(each);
  }
  if (inputs.length > 0) await analyzer.analyzeStack(outputs);
  await analyzer.stop();
  const { user, system } = JSON.parse(readFileSync(process.env.CPU_FILE, "utf8"));
  return (user + system) / 1000;
}

const median = (values: number[]): number =>
  [...values].sort((one, other) => one - other)[values.length >> 1];

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { pairs: { type: "string", default: "7" } } });
  const workplace = mkdtempSync(join(tmpdir(), "policy-bench-"));
  const empty = emptyPack(workplace);
  const pack = join(ROOT, "policy");
  try {
    for (const count of [0, RESOURCES]) {
      const asked = await resources(count);
      // The first start compiles the pack.
      await cost(pack, { inputs: [], outputs: {} }, workplace);
      const pairs: [number, number][] = [];
      for (let pair = 0; pair < Number(values.pairs); pair++)
        pairs.push([await cost(pack, asked, workplace), await cost(empty, asked, workplace)]);
      const [own, others] = [0, 1].map((at) => median(pairs.map((pair) => pair[at])));
      const ratio = median(pairs.map(([one, other]) => one / other)).toFixed(2);
      process.stdout.write(
        `${count} resources: ${ratio} times a pack without rules (${own.toFixed(0)} ms, ${others.toFixed(0)} ms)\n`,
      );
    }
  } finally {
    rmSync(workplace, { recursive: true, force: true });
  }
}

void main();
