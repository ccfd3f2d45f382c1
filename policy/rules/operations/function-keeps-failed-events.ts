import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { EXEMPT_SCHEMA, isExempt } from "../../options";
import {
  destinationsIn,
  FUNCTION,
  hasDeadLetters,
  invocationsIn,
  type Reference,
} from "../../reading/invocations";
import { properties, UNKNOWN } from "../../reading/properties";
import { quote } from "../../reading/quoting";

/** A function and, of it or all versions, an alias or a number. */
interface Place {
  urns: Set<string>;
  name?: string;
  qualifier: unknown;
}

export const functionKeepsFailedEvents: StackValidationPolicy = {
  name: "function-keeps-failed-events",
  displayName: "Failed events kept",
  description:
    "A Lambda function that is invoked asynchronously has a place for the events that it fails on.",
  enforcementLevel: "advisory",
  severity: "medium",
  tags: ["operations", "lambda"],
  remediationSteps:
    "Add a FunctionEventInvokeConfig with destinationConfig.onFailure, or set deadLetterConfig; allow the function's role to write there.",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html",
  configSchema: { properties: EXEMPT_SCHEMA },
  validateStack: ({ resources, getConfig }, reportViolation) => {
    const invocations = invocationsIn(resources).map((reference) => ({
      ...reference,
      ...placeOf(reference),
    }));
    const destinations = destinationsIn(resources).map(placeOf);
    for (const fn of resources.filter(({ type }) => type === FUNCTION)) {
      const { name, urn } = fn;
      const props = properties(fn);
      if (isExempt({ name, urn, getConfig }) || hasDeadLetters(props)) continue;
      // One that preview knows neither the name nor the source of may be for this function.
      const kept = destinations.filter((place) => isAbout(place, fn, props.name) || isAnywhere(place));
      const lost = invocations.find(
        (invocation) =>
          isAbout(invocation, fn, props.name) && !kept.some((place) => covers(place, invocation)),
      );
      if (lost)
        reportViolation(
          `function ${quote(name)} is invoked by ${lost.by}, which does not wait for the outcome, and an event that it fails on is lost; add a FunctionEventInvokeConfig with destinationConfig.onFailure, or set deadLetterConfig.`,
          urn,
        );
    }
  },
};

/** `arn:aws:lambda:eu-west-1:123456789012:function:etl:live`, its end, or a name with a qualifier. */
const NAMED = /^(?:arn:[\w-]+:lambda:[\w-]*:\d*:function:|\d+:function:)?([\w-]+)(?::([\w$-]+))?$/;

function placeOf({ from, property, target, qualifier }: Reference): Place {
  if (typeof target !== "string") return { urns: sourcesOf(from, property), qualifier };
  const [, name, ofArn] = NAMED.exec(target) ?? [];
  return { urns: new Set(), name, qualifier: ofArn ?? qualifier };
}

const isAbout = ({ urns, name }: Place, fn: PolicyResource, fnName: unknown): boolean =>
  urns.has(fn.urn) || (name !== undefined && name === fnName);

const isAnywhere = ({ urns, name }: Place): boolean => urns.size === 0 && name === undefined;

/** Lambda looks for a configuration of the very version or alias that was invoked; $LATEST is none. */
const covers = (kept: Place, invoked: Place): boolean =>
  [kept, invoked].some(({ qualifier }) => qualifier === UNKNOWN) ||
  plain(kept.qualifier) === plain(invoked.qualifier);

const plain = (qualifier: unknown): string => (qualifier === "$LATEST" ? "" : String(qualifier));

/** The functions that an unknown name was computed from, maybe by way of an alias. */
function sourcesOf(from: PolicyResource, property: string): Set<string> {
  const found = new Set<string>();
  const open = [...(from.propertyDependencies[property] ?? from.dependencies)];
  const seen = new Set(open);
  for (let at = open.pop(); at; at = open.pop()) {
    if (at.type === FUNCTION) found.add(at.urn);
    if (at.type !== "aws:lambda/alias:Alias") continue;
    for (const source of at.propertyDependencies.functionName ?? at.dependencies) {
      if (!seen.has(source)) open.push(source);
      seen.add(source);
    }
  }
  return found;
}
