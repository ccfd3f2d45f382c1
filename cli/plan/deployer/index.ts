import { runProgram } from "../../../local/program";
import type { Chosen } from "../../program";
import { UsageError } from "../../usage";
import { INLINE, MANAGED, partsOf, sizeOf } from "./parts";
import { deployerPolicy, type PolicyDocument } from "./policy";

/** The account that the policy is for, and the part of it to print. */
interface Deploying {
  account?: string;
  /** Number of the part, from 1; `true` for the whole policy. */
  deployerPolicy?: number | true;
}

const thousands = (value: number) => value.toLocaleString("en-US");

/** Returns the kind of policy in which IAM takes a document of this size. */
const fitting = (size: number, parts: number): string => {
  if (size <= MANAGED) return "a managed policy can hold it";
  const numbers = Array.from({ length: parts }, (_, n) => `--deployer-policy ${n + 1}`).join(", ");
  const inline = size <= INLINE ? "inline policies of a role can hold it" : "no policy can hold it";
  return `${inline}; a managed policy holds ${thousands(MANAGED)}: ${numbers}`;
};

/**
 * Returns a sentence with a document's size and the kind of policy that it fits. `part` is its number if it is a part.
 */
export const sizeSentence = (document: PolicyDocument, parts: PolicyDocument[], part?: number): string => {
  const size = sizeOf(document);
  const which = part === undefined ? "" : `part ${part} of ${parts.length}, `;
  return `${which}${thousands(size)} characters: ${fitting(size, parts.length)}`;
};

/** `flowlogs plan --deployer-policy`: prints the IAM policy that deploying the stack needs. */
export const printDeployerPolicy = async (
  { stack, config, folder }: Chosen,
  { account = "*", ...options }: Deploying,
) => {
  const whole = deployerPolicy(await runProgram(stack, config, folder), account);
  const parts = partsOf(whole);
  const part = options.deployerPolicy === true ? undefined : options.deployerPolicy;
  const document = part === undefined ? whole : parts[part - 1];
  if (!document)
    throw new UsageError(
      `--deployer-policy has parts 1 to ${parts.length}; there is no ${options.deployerPolicy}`,
    );
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  process.stderr.write(`${sizeSentence(document, parts, part)}\n`);
};
