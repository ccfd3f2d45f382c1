import type { Plans } from "../schema/plan";
import { makeTransform as importedTransform } from "./transform";

const makeTransform = importedTransform;

/**
 * Factory of the choice between formats: the name of the log group or stream that lines come from → their transform.
 * Names that the component gave carry the digest of their format; every other source has the format of `others`.
 * @throws Error for lines of a format that the stack does not know any more: they are kept, and not read wrongly.
 */
export const makeFormats = (plans: Plans, messages: (bytes: Buffer) => string[]) => {
  const { createHash } = require("node:crypto") as typeof import("node:crypto");
  const { byDigest, others } = plans;
  const markedGroup = /^(.+-flow-logs-(f[0-9a-f]{7}))-([0-9a-f]{7})-/;
  /** Only the stack's own streams may call the function, so none of these is a stranger's. */
  const markedStream = /-stream-(f[0-9a-f]{7})-[0-9a-f]{7}$/;
  const transforms: Record<string, ReturnType<typeof makeTransform>> = {};

  /** The digest in a log group's name, if the digits behind it are those of the text before them (components/settings/formats.ts). */
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
