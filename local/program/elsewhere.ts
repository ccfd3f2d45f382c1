import { setMockOptions } from "@pulumi/pulumi/runtime/settings";
import { ProgramError } from "./declared";
import { runNode } from "./node";
import type { Ran, Run } from "./run";
import { runYaml } from "./yaml";

const RUNTIMES: Record<string, (run: Run) => Promise<Ran>> = { nodejs: runNode, yaml: runYaml };

/** Runs the program of a user's project. */
export const runElsewhere = (run: Run): Promise<Ran> => {
  const { dir, runtime } = run.project;
  if (!Object.hasOwn(RUNTIMES, runtime))
    throw new ProgramError(
      `the program in ${dir} has the runtime ${runtime}; flowlogs runs programs in nodejs (TypeScript, JavaScript) and yaml`,
    );
  // URNs have the names of project and stack.
  setMockOptions(run.monitor, run.project.name, run.stack);
  return RUNTIMES[runtime](run);
};
