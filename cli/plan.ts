import { type Command, InvalidArgumentError } from "commander";
import { chooseProgram, type ProgramOptions, withProgram } from "./program";
import { positiveNumber, UsageError, wholeNumber } from "./usage";

interface PlanOptions extends ProgramOptions {
  json?: boolean;
  archive?: string;
  policy?: boolean;
  policyConfig?: string;
  deployerPolicy?: number | true;
  account?: string;
  gibPerDay?: number;
}

/** Options that belong to only one form of the plan. */
const refuseMixtures = (options: PlanOptions) => {
  const { policy, policyConfig, deployerPolicy, account, archive, gibPerDay } = options;
  const must = (holds: boolean, message: string) => {
    if (!holds) throw new UsageError(message);
  };
  must(policyConfig === undefined || policy === true, "--policy-config goes with --policy");
  must(account === undefined || deployerPolicy !== undefined, "--account goes with --deployer-policy");
  must(!policy || deployerPolicy === undefined, "choose --policy or --deployer-policy");
  must(archive === undefined || !policy, "--archive does not go with --policy");
  must(archive === undefined || deployerPolicy === undefined, "--archive does not go with --deployer-policy");
  must(gibPerDay === undefined || !policy, "--gib-per-day does not go with --policy");
  must(
    gibPerDay === undefined || deployerPolicy === undefined,
    "--gib-per-day does not go with --deployer-policy",
  );
};

const accountId = (text: string): string => {
  if (/^\d{12}$/.test(text)) return text;
  throw new InvalidArgumentError(`Give the 12 digits of an account instead of "${text}".`);
};

/** `flowlogs plan`: prints the resources that the program would create. */
export const plan = (program: Command) =>
  withProgram(
    program
      .command("plan")
      .description("the resources that a program declares for a stack, without AWS or the Pulumi CLI"),
  )
    .option("--json", "print type, name, parent and inputs of each resource as JSON")
    .option(
      "--archive <dir>",
      "also write the function's archive there, byte for byte what would be uploaded",
    )
    .option("--policy", "print what the policy pack finds instead, and fail if a mandatory rule is broken")
    .option(
      "--gib-per-day <n>",
      "say what detections read and cost if the lake grows by so many GiB of Parquet (default: 1)",
      positiveNumber,
    )
    .option("--policy-config <file>", "the pack's configuration, as for Pulumi's --policy-pack-config")
    .option(
      "--deployer-policy [part]",
      "print the IAM policy that deploying needs instead; with a number, that part of it, small enough for a managed policy",
      wholeNumber(1),
    )
    .option("--account <id>", "the account in the deployer policy's ARNs, instead of any", accountId)
    .addHelpText("before", "Examples:\n  flowlogs plan\n  flowlogs plan --stack prod --policy\n")
    .action(async (options: PlanOptions) => {
      refuseMixtures(options);
      const chosen = await chooseProgram(options);
      if (options.policy) return (await import("./plan/violations")).printViolations(chosen, options);
      if (options.deployerPolicy)
        return (await import("./plan/deployer")).printDeployerPolicy(chosen, options);
      return (await import("./plan/resources")).printResources(chosen, options);
    });
