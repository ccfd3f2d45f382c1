import * as pulumi from "@pulumi/pulumi";
import { setAllConfig } from "@pulumi/pulumi/runtime/config";
import { disconnect, setMockOptions } from "@pulumi/pulumi/runtime/settings";
import { runInPulumiStack } from "@pulumi/pulumi/runtime/stack";
import type { RecordingMonitor } from "./monitor";
import { PROJECT_DIR } from "./project";
import { withRejections } from "./rejections";
import type { Ran, Run } from "./run";
import { collectWarnings } from "./warnings";

/** Loads index.ts as a program of Pulumi's, and hears in which order it makes resources. */
const load = (order: string[]) => {
  pulumi.runtime.registerStackTransformation(({ type, name }) => {
    order.push(`${type} ${name}`);
    return undefined;
  });
  const entry = require.resolve("../../index");
  delete require.cache[entry];
  return { ...require(entry) };
};

const inStack = async (order: string[]): Promise<Record<string, unknown> | undefined> => {
  // An error thrown inside would also reject promises of Pulumi's that nobody awaits, and end the process.
  let failure: unknown;
  const exported = await withRejections(async () => {
    const outputs = await runInPulumiStack(async () => {
      try {
        return load(order);
      } catch (error) {
        failure = error;
        return {};
      }
    });
    await disconnect();
    return outputs;
  });
  if (failure) throw failure;
  return exported;
};

const inOrder = (monitor: RecordingMonitor, order: string[]) => {
  const place = new Map(order.map((key, n) => [key, n]));
  const rank = ({ type, name }: { type: string; name: string }) => place.get(`${type} ${name}`) ?? -1;
  monitor.recorded.sort((a, b) => rank(a) - rank(b));
};

/** Runs index.ts in this process, without Pulumi's engine. */
export const runBundled = async ({ project, stack, config, monitor }: Run): Promise<Ran> => {
  setMockOptions(monitor, project.name, stack);
  setAllConfig(config);
  // Pulumi packs a function's dependencies by the package.json above the working directory.
  const cwd = process.cwd();
  process.chdir(PROJECT_DIR);
  // It also formats a stack for every promise that it makes; three frames do.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 3;
  try {
    const order: string[] = [];
    const { result, warnings } = await collectWarnings(() => inStack(order));
    inOrder(monitor, order);
    return { outputs: result ?? {}, warnings };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    process.chdir(cwd);
  }
};
