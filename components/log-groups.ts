import * as pulumi from "@pulumi/pulumi";
import { logGroupPrefix } from "./settings/formats";
import {
  checkedBeside,
  checkedText,
  distinct,
  type Entry,
  isLater,
  type Rule,
  refuse,
} from "./settings/later";
import { type Problem, show } from "./settings/problems";
import { entriesOf } from "./settings/sources";

const PATH = "existingLogGroups";

/** Names that CloudWatch Logs takes for a log group. */
const NAME = /^[.\-_/#A-Za-z0-9]{1,512}$/;

const RULE: Rule = {
  rule: "a log group's name, 1 to 512 of a-z, A-Z, 0-9, and . - _ / #, such as /vpc/flow-logs (not its ARN)",
  holds: (text) => NAME.test(text),
  isOther: (text) => !NAME.test(text),
};

const isOwn = (text: string) =>
  `is a log group of this component, which it reads already or writes to itself; leave it out; got ${show(text)}`;

/** Matches the names of a component's own log groups. The AWS provider appends 26 digits to a prefix. */
const ownNames = (name: string, digests: string[]): RegExp => {
  const prefixes = [
    ...digests.map((digest) => logGroupPrefix(name, digest)),
    `${name}-etl-logs-`,
    `${name}-stream-logs-`,
  ];
  return new RegExp(`^(${prefixes.join("|")})[0-9a-f]{7,}$`);
};

/**
 * Refuses the component's own log groups: flow logs would become rows twice, and the function would read its own log
 * for ever.
 */
const foreign = ([key, value]: Entry, own: RegExp, problems: Problem[]): Entry => {
  const path = `${PATH}.${key}`;
  if (isLater(value)) {
    const checked = pulumi.output(value).apply((text) => {
      if (own.test(text)) refuse(path, isOwn(text));
      return text;
    });
    return [key, checked];
  }
  if (own.test(value as string)) problems.push({ propertyPath: path, reason: isOwn(value as string) });
  return [key, value];
};

/**
 * Checks `existingLogGroups`.
 * @param digests of the current and previous formats, which are part of the component's own log group names.
 */
export const existingLogGroupsOf = (
  given: unknown,
  name: string,
  digests: string[],
  problems: Problem[],
): Entry[] => {
  const pathOf = (key: string) => `${PATH}.${key}`;
  const own = ownNames(name, digests);
  const entries = entriesOf(given, PATH, "log group", problems)
    .map(([key, value]): Entry => [key, checkedText(value, pathOf(key), RULE, problems)])
    .map((entry) => foreign(entry, own, problems));
  const again = (earlier: string) =>
    `is the log group of ${pathOf(earlier)} again, so each line would make two rows`;
  return distinct(entries, pathOf, again, problems);
};

/** Refuses an existing log group whose name, known later, equals one of the component's own. */
export const besideOwn = ([key, value]: Entry, own: pulumi.Input<string>[]): pulumi.Input<string> =>
  checkedBeside(value, own, (text, names) => {
    if (names.includes(text)) refuse(`${PATH}.${key}`, isOwn(text));
  });
