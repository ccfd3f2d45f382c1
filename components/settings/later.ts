import * as pulumi from "@pulumi/pulumi";
import { type Problem, show } from "./problems";

/** True for a value that is known only when its resource exists. */
export const isLater = (value: unknown): boolean =>
  pulumi.Output.isInstance(value) || value instanceof Promise;

/**
 * Returns the error for what is refused while the stack is deployed. Its message never changes: Pulumi would put the name of
 * each property that waits for the value before it, once for each resource.
 */
export const refusal = (text: string): pulumi.RunError =>
  Object.defineProperty(new pulumi.RunError(text), "message", { get: () => text, set: () => {} });

/** Refuses a value that became known while the stack is deployed. */
export const refuse = (path: string, reason: string): never => {
  throw refusal(`FlowLogAnalytics: ${path} ${reason}`);
};

/**
 * Services whose ARNs are easily given for another's. Mocks of unit tests make up services, which are none of these.
 */
const SERVICES =
  "dynamodb|ec2|events|firehose|glue|iam|kinesis|kms|lambda|logs|s3|scheduler|secretsmanager|sns|sqs|ssm|states";

const ARN = new RegExp(`^arn:aws[a-z-]*:(${SERVICES}):`);

/** The service of an ARN, if the text is one and AWS has the service. */
export const serviceIn = (text: string): string | undefined => ARN.exec(text)?.[1];

/** A kind of value: its description for errors, and its check. */
export interface Rule {
  /** Completes "must be …". */
  rule: string;
  /** Returns true if AWS takes the text. */
  holds: (text: string) => boolean;
  /**
   * Returns true if a text that another resource gave is certainly something else. It is not asked for more: mocks of unit tests
   * give ids and ARNs such as `main_id` and `main_arn`.
   */
  isOther: (text: string) => boolean;
}

/**
 * Checks a text: one that is known now must be what AWS takes. One that is known later is checked then, and fails the
 * deployment if it is certainly something else.
 */
export const checkedText = <T = string>(
  value: unknown,
  path: string,
  { rule, holds, isOther }: Rule,
  problems: Problem[],
): pulumi.Input<T> => {
  const reason = (got: unknown) => `must be ${rule}; got ${show(got)}`;
  if (isLater(value))
    return pulumi.output(value as pulumi.Input<T>).apply((known) => {
      const isText = typeof known === "string" && known !== "";
      // Mocks leave out what a test does not look at.
      if (known !== undefined && !(isText && !isOther(known))) refuse(path, reason(known));
      return known;
    }) as pulumi.Output<T>;
  if (typeof value !== "string" || !holds(value))
    problems.push({ propertyPath: path, reason: reason(value) });
  return value as T;
};

/** Values by name, some of which may be known later. */
export type Entry = [key: string, value: pulumi.Input<string>];

/** Returns a value, and has it checked beside others when all of them are known. */
export const checkedBeside = (
  value: pulumi.Input<string>,
  others: pulumi.Input<string | undefined>[],
  check: (value: string, others: (string | undefined)[]) => void,
): pulumi.Input<string> => {
  const checked = pulumi.all([value, ...others]).apply(([text, ...known]) => {
    if (text !== undefined) check(text, known);
    return text as string;
  });
  // A preview may know the value and not the others, and would show it as unknown with them.
  return pulumi.runtime.isDryRun() ? value : checked;
};

/**
 * Refuses a value that an earlier entry has: now if both are known, else when both are. `why` says why, by the name of the
 * earlier entry.
 */
export const distinct = (
  entries: Entry[],
  pathOf: (key: string) => string,
  why: (earlier: string) => string,
  problems: Problem[],
): Entry[] => {
  const reason = (earlier: string, value: unknown) => `${why(earlier)}; name it once; got ${show(value)}`;
  return entries.map(([key, value], n) => {
    const earlier = entries.slice(0, n);
    const same = earlier.find(([, other]) => other === value);
    if (same) problems.push({ propertyPath: pathOf(key), reason: reason(same[0], value) });
    const others = earlier.map(([, other]) => other);
    if (same || ![value, ...others].some(isLater)) return [key, value];
    const compared = checkedBeside(value, others, (text, known) => {
      const at = known.indexOf(text);
      if (at >= 0) refuse(pathOf(key), reason(earlier[at][0], text));
    });
    return [key, compared];
  });
};
