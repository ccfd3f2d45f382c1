import type * as pulumi from "@pulumi/pulumi";
import { missingFields, type SavedQuery, savedQueries, tableOf } from "../../queries";
import type { Layout } from "../../schema/layout";
import { suggestion } from "../../schema/nearest";
import type { FlowLogAnalyticsArgs } from "../arguments";
import { topicOf } from "../topics";
import { DETECTIONS_NAMES } from "./argument-names";
import { partsOf } from "./parts";
import { type Problem, show } from "./problems";

/** Scheduled detections, with all defaults. */
export interface Detections {
  /** The queries, each with the hours between its runs. */
  queries: SavedQuery[];
  topic?: pulumi.Input<string>;
}

const queryOf = (
  name: unknown,
  path: string,
  layout: Layout | undefined,
  problems: Problem[],
): SavedQuery[] => {
  const all = savedQueries(layout && tableOf(layout));
  const query = all.find((each) => each.name === name);
  if (!query) {
    const meant = suggestion(
      String(name),
      all.map((each) => each.name),
    );
    problems.push({ propertyPath: path, reason: `there is no saved query ${show(name)}${meant}` });
    return [];
  }
  const missing = layout ? missingFields(query, layout) : [];
  if (missing.length === 0) return [query];
  const reason = `${query.name} needs ${missing.join(", ")}, which the format does not have; add it to fields`;
  problems.push({ propertyPath: path, reason });
  return [];
};

/**
 * Checks `detections` and fills in the defaults.
 * @param layout of the table; undefined if a format was refused.
 */
export const detectionsOf = (
  { detections }: Partial<FlowLogAnalyticsArgs>,
  layout: Layout | undefined,
  problems: Problem[],
): Detections => {
  const parts = partsOf(detections, "detections", DETECTIONS_NAMES, problems);
  if (parts === undefined) return { queries: [] };
  const { queries, everyHours, topic } = parts;
  if (!Array.isArray(queries) || queries.length === 0) {
    const reason = `must be a list of saved queries, such as ["horizontal-scan"]; got ${show(queries)}`;
    problems.push({ propertyPath: "detections.queries", reason });
    return { queries: [] };
  }
  if (everyHours !== undefined && (!Number.isInteger(everyHours) || everyHours < 1 || everyHours > 24)) {
    const reason = `must be 1 to 24 hours; got ${show(everyHours)}`;
    problems.push({ propertyPath: "detections.everyHours", reason });
  }
  queries.forEach((name, n) => {
    const reason = `${show(name)} is there twice; name it once`;
    if (queries.indexOf(name) !== n) problems.push({ propertyPath: `detections.queries[${n}]`, reason });
  });
  const found = queries.flatMap((name, n) => queryOf(name, `detections.queries[${n}]`, layout, problems));
  return {
    queries: found.map((query) => ({ ...query, everyHours: everyHours ?? query.everyHours })),
    topic: topicOf(topic, "detections.topic", problems),
  };
};
