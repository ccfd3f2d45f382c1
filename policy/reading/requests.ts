import type { Condition, Statement } from "./documents";
import { matches } from "./iam-patterns";
import { gives } from "./powers";

// Evaluates one request against policy statements. The answer may be unknown, because a rule sees less of a request than IAM.

export interface Request {
  /** In lower case, such as `firehose:putrecord`. */
  action: string;
  /** The ARN of the resource; undefined if it is not known. */
  resource?: string;
  /** The values of the condition keys that are known, by key in lower case. */
  context: Record<string, string[]>;
  /** Other keys that some caller meets: an Allow that asks for them allows. */
  met?: RegExp;
}

/** `maybe`: an Allow has a condition on something unknown, or hides part of itself in preview. */
export type Answer = "allowed" | "maybe" | "none" | "denied";

/** Evaluates a request against all of these statements. A Deny counts if it certainly applies. */
export function answerOf(statements: Statement[], request: Request): Answer {
  const certain = { ...request, met: undefined };
  if (statements.some((each) => each.effect === "Deny" && applies(each, certain) === true)) return "denied";
  const answers = statements.filter(({ effect }) => effect === "Allow").map((each) => applies(each, request));
  if (answers.includes(true)) return "allowed";
  return answers.includes(undefined) ? "maybe" : "none";
}

/** True if a statement is about a request; undefined if that is not known. */
export function applies(statement: Statement, request: Request): boolean | undefined {
  const answers = [statement.hidden.includes("Condition") ? undefined : true];
  // One false answer decides, whatever the unknown ones are.
  for (const ask of [
    () => isAboutAction(statement, request.action),
    () => isAboutResource(statement, request.resource),
    ...statement.conditions.map((condition) => () => holds(condition, request)),
  ]) {
    const answer = ask();
    if (answer === false) return false;
    answers.push(answer);
  }
  return answers.includes(undefined) ? undefined : true;
}

function isAboutAction(statement: Statement, action: string): boolean | undefined {
  if (gives(statement, action)) return true;
  return statement.hidden.some((element) => /^(Not)?Action$/.test(element)) ? undefined : false;
}

/** True if a statement is about a resource; undefined if that is not known. */
export function isAboutResource(
  { resources, notResources, hidden }: Statement,
  arn?: string,
): boolean | undefined {
  if (arn === undefined) return resources.includes("*") ? true : undefined;
  const isHidden = hidden.some((element) => /^(Not)?Resource$/.test(element));
  if (notResources)
    return notResources.some((each) => covers(each, arn)) ? false : isHidden ? undefined : true;
  const found = resources.filter((each) => covers(each, arn));
  if (found.some((each) => !hasVariable(each))) return true;
  return found.length > 0 || isHidden ? undefined : false;
}

/** A policy variable stands for some text that the request brings. */
const VARIABLE = /\$\{[^}]*\}/g;
const hasVariable = (text: string): boolean => text.search(VARIABLE) >= 0;
const covers = (pattern: string, text: string): boolean => matches(pattern.replace(VARIABLE, "*"), text);

const OPERATOR = /^(?:For(?:Any|All)Values?:)?(String|Arn)(Not)?(Equals|Like)(IgnoreCase)?(?:IfExists)?$/i;

/** True if a request passes a condition's test; undefined if that is not known. */
function holds(condition: Condition, { context, met }: Request): boolean | undefined {
  const { operator, key, values, hidden } = condition;
  const actual = Object.hasOwn(context, key) ? context[key] : undefined;
  if (!actual) return met?.test(key) ? true : undefined;
  if (/^Null$/i.test(operator)) return values.some((value) => /^false$/i.test(value));
  if (/^Bool(IfExists)?$/i.test(operator)) return values.some((value) => same(value, actual[0]));
  const [, family, not, comparison] = OPERATOR.exec(operator) ?? [];
  if (!family) return undefined;
  const isPattern = /Arn/i.test(family) || /Like/i.test(comparison);
  const isEqual = (value: string) =>
    actual.some((each) => (isPattern ? covers(value, each) : same(value, each)));
  const found = values.filter(isEqual);
  if (found.some((value) => !hasVariable(value))) return not === undefined;
  return found.length > 0 || hidden || values.some(hasVariable) ? undefined : not !== undefined;
}

/** Host names, accounts and regions have no capitals, so the case tells nothing apart. */
const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
