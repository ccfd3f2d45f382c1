import type { Plans } from "../schema/plan";
import { makeTransform as importedTransform } from "./transform";

const makeTransform = importedTransform;

/**
 * Makes a function that returns the transform for the log group or stream that lines come from. The component's own
 * names contain the digest of their format; all other sources have the format `others`.
 * @throws Error for a digest that the stack does not have any more. The event is kept in the bucket, and not read wrongly.
 */
export const makeFormats = (plans: Plans, messages: (bytes: Buffer) => string[]) => {
  const { createHash } = require("node:crypto") as typeof import("node:crypto");
  const { byDigest, others } = plans;
  const markedGroup = /^(.+-flow-logs-(f[0-9a-f]{7}))-([0-9a-f]{7})-/;
  /** Digest in a stream's name. Only the stack's own streams may invoke the function. */
  const markedStream = /-stream-(f[0-9a-f]{7})-[0-9a-f]{7}$/;
  const transforms: Record<string, ReturnType<typeof makeTransform>> = {};

  /**
   * The digest in a log group's name, if the digits behind it are those of the text before them
   * (components/settings/formats.ts).
   */
  const digestOfGroup = (name: string) => {
    const [, marked, digest, digits] = markedGroup.exec(name) ?? [];
    if (marked === undefined) return undefined;
    return createHash("sha256").update(marked).digest("hex").startsWith(digits) ? digest : undefined;
  };

  const transformOf = (source: string, digest = others) => {
    const plan = byDigest[digest];
    if (!plan)
      throw new Error(
        `${source} holds lines of another format than the stack has; name it in previousFields to have them read`,
      );
    transforms[digest] ??= makeTransform(plan, messages);
    return transforms[digest];
  };
  return {
    ofLogGroup: (name: string) => transformOf(name, digestOfGroup(name)),
    ofStream: (name: string) => transformOf(name, markedStream.exec(name)?.[1]),
  };
};
