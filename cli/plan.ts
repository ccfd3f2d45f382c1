import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { unpackArchive } from "../local/lambda";
import { type DeclaredResource, runProgram } from "../local/program";
import { toTable } from "./render";
import { pairs, UsageError } from "./usage";

interface PlanOptions {
  stack: string;
  config?: Record<string, string>;
  json?: boolean;
  archive?: string;
  policy?: boolean;
  policyConfig?: string;
}

const FUNCTION = "aws:lambda/function:Function";

/** An archive stands in the inputs as its files' sizes: what it holds is for --archive. */
const describe = async ({ urn, type, name, parent, inputs }: DeclaredResource) => {
  if (type !== FUNCTION) return { urn, type, name, parent, inputs };
  const assets: Record<string, { text?: Promise<string> }> = await inputs.code.assets;
  const sizes = Object.entries(assets).map(async ([path, asset]) => [
    path,
    Buffer.byteLength((await asset.text) ?? ""),
  ]);
  return {
    urn,
    type,
    name,
    parent,
    inputs: { ...inputs, code: Object.fromEntries(await Promise.all(sizes)) },
  };
};

/** `flowlogs plan`: what the program would create. */
export const plan = (program: Command) =>
  program
    .command("plan")
    .description("the resources that the program declares for a stack, without AWS or the Pulumi CLI")
    .option("--stack <name>", "the stack whose configuration to use", "dev")
    .option(
      "-c, --config <name=value>",
      "a configuration value in place of the stack's; may be given again",
      pairs,
    )
    .option("--json", "print type, name, parent and inputs of each resource as JSON")
    .option(
      "--archive <dir>",
      "also write the function's archive there, byte for byte what would be uploaded",
    )
    .option("--policy", "print what the policy pack finds instead, and fail if a mandatory rule is broken")
    .option("--policy-config <file>", "the pack's configuration, as for Pulumi's --policy-pack-config")
    .addHelpText("before", "Examples:\n  flowlogs plan\n  flowlogs plan --stack prod --policy\n")
    .action(async (options: PlanOptions) => {
      const { stack, config, json, archive } = options;
      if (options.policyConfig !== undefined && !options.policy)
        throw new UsageError("--policy-config goes with --policy");
      if (archive !== undefined && options.policy)
        throw new UsageError("--archive does not go with --policy");
      if (options.policy) return (await import("./violations")).printViolations(options);
      const { resources } = await runProgram(stack, config);
      if (archive) {
        mkdirSync(archive, { recursive: true });
        for (const fn of resources.filter((r) => r.type === FUNCTION)) {
          const files = await unpackArchive(fn, archive);
          for (const [file, size] of Object.entries(files)) {
            process.stderr.write(`${fn.name}: ${join(archive, file)}, ${size} bytes\n`);
          }
        }
      }
      if (json) {
        process.stdout.write(`${JSON.stringify(await Promise.all(resources.map(describe)), null, 2)}\n`);
        return;
      }
      const rows = resources.map(({ type, name, parent }) => [type, name, parent]);
      const types = ["VARCHAR", "VARCHAR", "VARCHAR"];
      process.stdout.write(toTable({ columns: ["type", "name", "parent"], types, rows }));
      process.stderr.write(`${resources.length} resources in stack ${stack}\n`);
    });
