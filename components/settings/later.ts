import * as pulumi from "@pulumi/pulumi";
import { type Problem, show } from "./problems";

/** True for a value that is known only when its resource exists. */
export const isLater = (value: unknown): boolean =>
  pulumi.Output.isInstance(value) || value instanceof Promise;

/**
 * Returns the error for a value that is refused during the deployment. Its message is read-only: Pulumi would prepend the
 * name of each property that waits for the value, once for each resource.
 */
export const refusal = (text: string): pulumi.RunError =>
  Object.defineProperty(new pulumi.RunError(text), "message", { get: () => text, set: () => {} });

/** Throws for a value that became known during the deployment. */
export const refuse = (path: string, reason: string): never => {
  throw refusal(`FlowLogAnalytics: ${path} ${reason}`);
};

/**
 * Services whose ARNs are recognized as being of another service. Unit tests' mocks invent services that are not listed.
 */
const SERVICES =
  "dynamodb|ec2|events|firehose|glue|iam|kinesis|kms|lambda|logs|s3|scheduler|secretsmanager|sns|sqs|ssm|states";

const ARN = new RegExp(`^arn:aws[a-z-]*:(${SERVICES}):`);

/** Returns the service of an ARN, if the text is one of a listed service. */
export const serviceIn = (text: string): string | undefined => ARN.exec(text)?.[1];

/** A kind of value: its description for errors, and its check. */
export interface Rule {
  /** Description for an error: completes "must be …". */
  rule: string;
  /** Returns true if AWS takes the text. */
  holds: (text: string) => boolean;
  /**
   * Returns true if another resource's output is certainly not of this kind. It must accept ids and ARNs of unit tests' mocks,
   * such as `main_id` and `main_arn`.
   */
  isOther: (text: string) => boolean;
}

/**
 * Checks a text. One that is known now must be valid for AWS. One that is known later fails the deployment if it is
 * certainly of another kind.
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
      // Unit tests' mocks may leave the value out.
      if (known !== undefined && !(isText && !isOther(known))) refuse(path, reason(known));
      return known;
    }) as pulumi.Output<T>;
  if (typeof value !== "string" || !holds(value))
    problems.push({ propertyPath: path, reason: reason(value) });
  return value as T;
};

/** Values by name; some may be outputs. */
export type Entry = [key: string, value: pulumi.Input<string>];

/** Returns a value that is checked against others once all of them are known. */
export const checkedBeside = (
  value: pulumi.Input<string>,
  others: pulumi.Input<string | undefined>[],
  check: (value: string, others: (string | undefined)[]) => void,
): pulumi.Input<string> => {
  const checked = pulumi.all([value, ...others]).apply(([text, ...known]) => {
    if (text !== undefined) check(text, known);
    return text as string;
  });
  // Returns the value itself in a preview, where waiting for the others would make it unknown.
  return pulumi.runtime.isDryRun() ? value : checked;
};

/**
 * Refuses a value that an earlier entry has too, as soon as both are known. `why` returns the reason for the name of the
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
