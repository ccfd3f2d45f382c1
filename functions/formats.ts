import type { Plans } from "../schema/plan";
import { makeTransform as importedTransform } from "./transform";

const makeTransform = importedTransform;

/**
 * Factory of the choice between formats: the name of the log group or stream that lines come from → their transform.
 * A component's own names carry the digest of their format; every other source has the one that it is said to have.
 * @throws Error for lines of a format that the stack does not know any more: they are kept, and not read wrongly.
 */
export const makeFormats = (plans: Plans, messages: (bytes: Buffer) => string[]) => {
  const { byDigest, others } = plans;
  const named = /-(?:flow-logs|stream)-(f[0-9a-f]{7})(?![0-9a-f])/;
  const transforms: Record<string, ReturnType<typeof makeTransform>> = {};

  return (source: string) => {
    const digest = named.exec(source)?.[1] ?? others;
    const plan = byDigest[digest];
    if (!plan)
      throw new Error(
        `${source} holds lines of another format than the stack has; name it in previousFields to have them read`,
      );
    transforms[digest] ??= makeTransform(plan, messages);
    return transforms[digest];
  };
};
