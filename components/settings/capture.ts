import { type FlowLogAnalyticsArgs, Ingestion, type TagFieldArgs, TrafficType } from "../arguments";
import { existingLogGroupsOf } from "../log-groups";
import { areKnown, digestsOf, type Formats } from "./formats";
import type { Entry } from "./later";
import { type Problem, show } from "./problems";
import { producersOf } from "./producers";
import type { Source } from "./source";
import { tagFieldsOf } from "./tag-fields";

/** Settings of capture apart from the sources, with all defaults. */
export interface Capturing {
  ingestion: Ingestion;
  trafficType: string;
  filterPattern: string;
  tagFields: TagFieldArgs[];
  existingLogGroups: Entry[];
  producerAccounts: string[];
  /** Empty for the stack's own region. */
  producerRegions: string[];
}

/** The resources that the component makes flow logs of, and their formats. */
interface Made {
  name: string;
  sources: Source[];
  formats: Formats;
}

/** Returns the fields of the component's flow logs, transit gateways apart; undefined if it makes none of those. */
const fieldsMade = ({ sources, formats }: Made): ReadonlySet<string> | undefined =>
  areKnown(formats) && sources.some(({ property }) => property !== "transitGatewayId")
    ? new Set(formats.vpc.layout.fields.map((field) => field.name))
    : undefined;

/** Checks the arguments of capture, also against `ingestion`, and fills in the defaults. */
export const capturingOf = (
  given: Partial<FlowLogAnalyticsArgs>,
  made: Made,
  problems: Problem[],
): Capturing => {
  const { ingestion = Ingestion.LAMBDA, trafficType = "ALL", filterPattern = "" } = given;
  const must = (holds: boolean, propertyPath: string, reason: string) => {
    if (!holds) problems.push({ propertyPath, reason });
  };
  const oneOf = (values: string[], value: unknown) =>
    `must be one of ${values.join(", ")}; got ${show(value)}`;
  const ways = Object.values(Ingestion);
  must(ways.includes(ingestion), "ingestion", oneOf(ways, ingestion));
  const traffic: string[] = Object.values(TrafficType);
  must(traffic.includes(trafficType), "trafficType", oneOf(traffic, trafficType));
  must(
    typeof filterPattern === "string" && filterPattern.length <= 1024,
    "filterPattern",
    `must be text of up to 1,024 characters; got ${show(filterPattern)}`,
  );
  const [, opening] = /^\s*([{[])/.exec(String(filterPattern)) ?? [];
  const closing = opening === "{" ? "}" : "]";
  must(
    opening === undefined || String(filterPattern).trimEnd().endsWith(closing),
    "filterPattern",
    `must end with ${closing}, since it begins with ${opening}; got ${show(filterPattern)}`,
  );
  const digests = digestsOf(made.formats);
  const groups = existingLogGroupsOf(given.existingLogGroups, made.name, digests, problems);
  const isDirect = ingestion === Ingestion.DIRECT;
  const noLogs = "does nothing with DIRECT, which has no CloudWatch Logs; leave it out";
  must(!isDirect || filterPattern === "", "filterPattern", noLogs);
  must(!isDirect || groups.length === 0, "existingLogGroups", noLogs);
  return {
    ingestion,
    trafficType,
    filterPattern,
    tagFields: tagFieldsOf(given.tagFields, fieldsMade(made), problems),
    existingLogGroups: groups,
    ...producersOf(given, ingestion, problems),
  };
};
