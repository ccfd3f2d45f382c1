import {
  type Catalog,
  catalogOf,
  FormatError,
  type Layout,
  layoutFrom,
  TRANSIT_CATALOG,
  union,
  VPC_CATALOG,
  withNetworks,
} from "../../schema/layout";
import type { PlanOptions, Plans } from "../../schema/plan";
import { wirePlan } from "../../schema/plan";
import type { FlowLogAnalyticsArgs } from "../arguments";
import { sevenDigits } from "../names";
import { type Problem, show } from "./problems";
import type { Source } from "./source";

/** A format of lines, which one plan reads. */
export interface Format {
  layout: Layout;
  /** Digest in the names of the format's log group and stream, by which the function knows the format of their lines. */
  digest: string;
}

/** All formats of a stack's lines. */
export interface Formats {
  /** Format of VPCs, subnets, network interfaces, NAT gateways, and existing log groups. */
  vpc: Format;
  /** Format of transit gateways, if there are any. */
  transit?: Format;
  /** Formats that flow logs wrote before. */
  previous: Format[];
}

/** Returns `f` and seven hexadecimal digits of the format's SHA-256. The `f` keeps it from looking like a date. */
const digestOf = ({ format }: Layout) => `f${sevenDigits(format)}`;

/**
 * Returns the prefix of the name of a log group of this format. After the digest come digits of the SHA-256 of the text
 * before them, so that the function does not take another group's name for one (functions/formats.ts).
 */
export const logGroupPrefix = (name: string, digest: string): string => {
  const marked = `${name}-flow-logs-${digest}`;
  return `${marked}-${sevenDigits(marked)}-`;
};

/** Placeholder for a refused format, with which the other arguments are still checked. */
const REFUSED = layoutFrom(["default"]);

/** True unless one of the formats was refused. */
export const areKnown = (formats: Formats): boolean => all(formats).every(({ layout }) => layout !== REFUSED);

const checkedLayout = (names: unknown, path: string, problems: Problem[], catalog?: Catalog): Layout => {
  if (!Array.isArray(names) || names.some((name) => typeof name !== "string")) {
    problems.push({
      propertyPath: path,
      reason: `must be a list of field names or presets; got ${show(names)}`,
    });
    return REFUSED;
  }
  try {
    return layoutFrom(names, catalog ?? catalogOf(names));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    for (const { position, message } of error.problems) {
      problems.push({ propertyPath: names.length > 0 ? `${path}[${position}]` : path, reason: message });
    }
    return REFUSED;
  }
};

const MOST_PREVIOUS = 50;

const previousLayouts = (previous: unknown, problems: Problem[]): Layout[] => {
  if (previous === undefined) return [];
  if (Array.isArray(previous) && previous.length > MOST_PREVIOUS) {
    const reason = `must be at most ${MOST_PREVIOUS} formats, since each has a log group that a role's policy and the dashboard name; got ${previous.length}`;
    problems.push({ propertyPath: "previousFields", reason });
  }
  if (Array.isArray(previous))
    return previous.map((names, n) => checkedLayout(names, `previousFields[${n}]`, problems));
  const reason = `must be a list of lists of field names; got ${show(previous)}`;
  problems.push({ propertyPath: "previousFields", reason });
  return [];
};

/** Returns the formats that the arguments name. */
export const formatsOf = (given: Partial<FlowLogAnalyticsArgs>, problems: Problem[]): Formats => {
  const { fields = ["default"], transitGateways, previousFields } = given;
  const { transitGatewayFields = ["default"] } = given;
  const formatOf = (layout: Layout): Format => ({ layout, digest: digestOf(layout) });
  const vpc = formatOf(checkedLayout(fields, "fields", problems, VPC_CATALOG));
  const transit = formatOf(
    checkedLayout(transitGatewayFields, "transitGatewayFields", problems, TRANSIT_CATALOG),
  );
  const current = transitGateways === undefined ? [vpc] : [vpc, transit];
  const previous = previousLayouts(previousFields, problems).map(formatOf);
  problems.push(...repetitions(current, previous, previousFields));
  return { vpc, ...(transitGateways === undefined ? {} : { transit }), previous };
};

/** Reports previous formats that repeat another format. */
const repetitions = (current: Format[], previous: Format[], given: unknown[] = []): Problem[] => {
  const paths = ["fields", "transitGatewayFields"].slice(0, current.length);
  const known = [...current, ...previous].map(({ layout, digest }) =>
    layout === REFUSED ? undefined : digest,
  );
  return previous.flatMap(({ layout, digest }, n): Problem[] => {
    const at = known.indexOf(digest);
    if (layout === REFUSED || at === current.length + n) return [];
    const where = paths[at] ?? `previousFields[${at - current.length}]`;
    const reason = `is the format of ${where} again; leave it out; got ${show(given[n])}`;
    return [{ propertyPath: `previousFields[${n}]`, reason }];
  });
};

const all = ({ vpc, transit, previous }: Formats) => [vpc, ...(transit ? [transit] : []), ...previous];

/** Returns the digests of the current and previous formats of flow logs. */
export const digestsOf = (formats: Formats): string[] => all(formats).map(({ digest }) => digest);

/** Returns the table's layout: the columns of all formats. */
export const tableLayout = (formats: Formats, labelled: boolean): Layout => {
  const layout = union(all(formats).map((format) => format.layout));
  return labelled ? withNetworks(layout) : layout;
};

/** Returns the formats that sources write, or wrote before. */
export const writtenFormats = ({ vpc, transit, previous }: Formats, sources: Source[], always = false) => {
  const isTransit = (source: Source) => source.property === "transitGatewayId";
  const hasOthers = sources.some((source) => !isTransit(source));
  return [...(always || hasOthers ? [vpc] : []), ...(transit ? [transit] : []), ...previous];
};

/** Returns the format that a source writes. */
export const formatOf = ({ vpc, transit }: Formats, { property }: Source): Format =>
  (property === "transitGatewayId" ? transit : undefined) ?? vpc;

/**
 * True if flow logs of the stack write this format now. In a stack without flow logs, the first format is that of other
 * writers.
 */
export const isWritten = (formats: Formats, sources: Source[], digest: string): boolean =>
  sources.length === 0
    ? digest === formats.vpc.digest
    : sources.some((source) => formatOf(formats, source).digest === digest);

/** Returns the ETL's plans, by format. A filter on a field that a format lacks drops nothing of it. */
export const plansOf = (formats: Formats, options: PlanOptions): Plans => {
  const planOf = ({ layout }: Format) => {
    const has = (field: string) => layout.fields.some((f) => f.name === field);
    const drops = options.drops?.filter((drop) => has(drop.name));
    return wirePlan(options.networks ? withNetworks(layout) : layout, { ...options, drops });
  };
  return {
    byDigest: Object.fromEntries(all(formats).map((format) => [format.digest, planOf(format)])),
    others: formats.vpc.digest,
  };
};
