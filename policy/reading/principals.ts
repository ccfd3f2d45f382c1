import { isLimited, refusesOthers } from "./caller-conditions";
import { parsed, type Statement, statements } from "./documents";
import { isAllOf, splitAction } from "./iam-actions";
import { matches } from "./iam-patterns";
import { type Fields, fields, hidesSomething, isFields, list, strings, UNKNOWN } from "./properties";

// Reads the principals of resource policies. Identity policies have none.

/** A statement as rules see it, and as it is written: who it is for has many forms. */
export interface Entry {
  statement: Statement;
  raw: Fields;
}

/** Every statement of a document that is known well enough to be read. */
export function entries(document: unknown): Entry[] {
  const found = list(fields(parsed(document)).Statement);
  return found.flatMap((raw, index) => {
    // Reads one statement at a time, so that each stays beside its source.
    const [statement] = isFields(raw) ? statements({ Statement: [raw] }).statements : [];
    if (!statement || !isFields(raw)) return [];
    const label = statement.label === "statement 1" ? `statement ${index + 1}` : statement.label;
    return [{ raw, statement: { ...statement, label } }];
  });
}

/** Returns the element by which a statement names everybody; undefined if it names principals. */
export function everybody({ Principal, NotPrincipal }: Fields): string | undefined {
  if (NotPrincipal !== undefined) return "NotPrincipal";
  if (typeof Principal === "string") return isAnybody(Principal) ? `Principal "${Principal}"` : undefined;
  if (!isFields(Principal)) return undefined;
  for (const [kind, names] of Object.entries(Principal)) {
    const name = strings(names).find(isAnybody);
    if (name !== undefined) return `Principal ${kind} "${name}"`;
  }
  return undefined;
}

/** True if a statement is for everybody, anonymous callers included. Every service or every account is not everybody. */
export const isAll = ({ Principal, NotPrincipal }: Fields): boolean =>
  NotPrincipal === undefined &&
  (isFields(Principal) ? [Principal.AWS, Principal["*"]] : [Principal]).flatMap(strings).includes("*");

/** `*`, or an ARN for any account: IAM refuses the second in most places, which is no reason to let it through. */
const isAnybody = (name: string): boolean =>
  /^\*+$/.test(name) || (name.startsWith("arn:") && /[*?]/.test(name.split(":")[4] ?? ""));

/** The statements that let everybody in, each with how it does. */
export function opensToEverybody(document: unknown): { entry: Entry; how: string }[] {
  const all = entries(document);
  const refusals = all.filter(({ statement }) => statement.effect === "Deny");
  return all.flatMap((entry) => {
    const how = everybody(entry.raw);
    const open =
      how !== undefined &&
      entry.statement.effect === "Allow" &&
      !isLimited(entry.raw.Condition) &&
      !refusals.some((refusal) => isRefused(entry, refusal));
    return open ? [{ entry, how }] : [];
  });
}

/** True if a Deny denies strangers everything that the Allow grants. */
function isRefused(allow: Entry, { raw, statement }: Entry): boolean {
  if (hidesSomething(raw)) return true;
  const others =
    raw.NotPrincipal === undefined
      ? everybody(raw) !== undefined && refusesOthers(raw.Condition)
      : raw.Condition === undefined && !hasAnybody(raw.NotPrincipal);
  return others && reaches(statement, allow.statement);
}

const hasAnybody = (principal: unknown): boolean =>
  everybody({ Principal: principal }) !== undefined || principal === UNKNOWN;

/** True if a Deny covers everything that an Allow gives. */
function reaches(deny: Statement, allow: Statement): boolean {
  const actions = allow.notActions
    ? deny.actions.some(isAllOfOne)
    : allow.actions.every((action) => deny.actions.some((each) => same(each, action)));
  const resources =
    deny.resources.includes("*") ||
    (!allow.notResources && allow.resources.every((arn) => deny.resources.some((each) => covers(each, arn))));
  return !deny.notActions && !deny.notResources && actions && resources;
}

/** True if a pattern matches a text. If the text is a pattern too, the first must match everything that it matches. */
export const covers = (pattern: string, text: string): boolean =>
  // Two characters that a ? is not enough for.
  matches(pattern, text.split("*").join("~~"));

const same = (pattern: string, action: string): boolean =>
  covers(pattern.toLowerCase(), action.toLowerCase());

/** True for all actions of a service. A resource policy allows actions of the resource's own service only. */
const isAllOfOne = (action: string): boolean => isAllOf(splitAction(action)[0], action);
