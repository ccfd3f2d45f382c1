import * as pulumi from "@pulumi/pulumi";
import { FormatError, type Layout, layoutFrom, withNetworks } from "../schema/layout";
import type { PlanOptions } from "../schema/plan";
import { planOptions } from "./plan";
import { argumentsError, type Problem, show } from "./problems";

/** Arguments of FlowLogAnalytics. */
export interface FlowLogAnalyticsArgs {
  /**
   * The VPCs whose traffic is logged: each VPC's id under a short name of yours, which stays with its flow log.
   * For example `{ main: vpc.id }`.
   */
  vpcs: Record<string, pulumi.Input<string>>;
  /**
   * The fields of a flow, in order: AWS's names, or a preset's name for its fields (`default`, `recommended`, `all`).
   * AWS's default format, if absent. For example `["recommended", "reject-reason"]`.
   */
  fields?: string[];
  /** Longest time that one line sums up, in seconds: 60 or 600. A minute, if absent. */
  maxAggregationInterval?: number;
  /** Days that the log groups keep what the lake has already: one of the values CloudWatch Logs knows. 7, if absent. */
  logRetentionInDays?: number;
  /** Seconds that Firehose gathers before it writes, 0 to 900: how old the newest row is. 300, if absent. */
  bufferingInterval?: number;
  /** Bytes that one Athena query may scan before it is stopped, at least 10,000,000. 100 GiB, if absent. */
  bytesScannedCutoffPerQuery?: number;
  /**
   * Names for networks: the CIDR blocks of each, IPv4 and IPv6, thousands if need be. The table gets the columns
   * `src_network` and `dst_network`, filled by longest prefix. None, if absent. For example
   * `{ office: ["203.0.113.0/24"], prod: ["10.0.0.0/16", "2001:db8::/32"] }`.
   */
  networks?: Record<string, string[]>;
  /** Whether the ETL leaves out lines that only say that there was no traffic (NODATA). It keeps them, if absent. */
  dropNoData?: boolean;
  /** ACCEPT or REJECT: the ETL leaves out lines with the other action. It keeps both, if absent. */
  keepAction?: string;
  /** Whether `pulumi destroy` also deletes the logs in the lake. It stops instead, if absent. */
  forceDestroy?: boolean;
}

/** The arguments with every default in place. */
export interface Settings {
  vpcs: Record<string, pulumi.Input<string>>;
  layout: Layout;
  maxAggregationInterval: number;
  logRetentionInDays: number;
  bufferingInterval: number;
  bytesScannedCutoffPerQuery: number;
  forceDestroy: boolean;
  /** What the ETL does beside parsing. */
  plan: PlanOptions;
}

/** Retention that PutRetentionPolicy accepts (CloudWatch Logs API reference). */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const SCAN_LIMIT_MINIMUM = 10_000_000;

const layoutOf = (fields: unknown, problems: Problem[]): Layout => {
  if (!Array.isArray(fields) || fields.some((f) => typeof f !== "string")) {
    problems.push({
      propertyPath: "fields",
      reason: `must be a list of field names or presets; got ${show(fields)}`,
    });
    return layoutFrom(["default"]);
  }
  try {
    return layoutFrom(fields);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    for (const { position, message } of error.problems) {
      problems.push({ propertyPath: fields.length > 0 ? `fields[${position}]` : "fields", reason: message });
    }
    return layoutFrom(["default"]);
  }
};

const vpcProblems = (vpcs: unknown): Problem[] => {
  if (typeof vpcs !== "object" || vpcs === null || Array.isArray(vpcs) || Object.keys(vpcs).length === 0) {
    const reason = `must name at least one VPC, such as { main: vpc.id }; got ${show(vpcs)}`;
    return [{ propertyPath: "vpcs", reason }];
  }
  return Object.entries(vpcs).flatMap(([key, id]) => {
    const propertyPath = `vpcs.${key}`;
    const problems: Problem[] = [];
    const isKnownLater = pulumi.Output.isInstance(id) || id instanceof Promise;
    const isId = isKnownLater || (typeof id === "string" && /^vpc-[0-9a-f]{8,17}$/.test(id));
    const [first] = Object.entries(vpcs).find(([, other]) => other === id) ?? [key];
    if (!isId) {
      problems.push({
        propertyPath,
        reason: `must be a VPC id such as vpc-0123456789abcdef0; got ${show(id)}`,
      });
    }
    if (first !== key) {
      problems.push({
        propertyPath,
        reason: `is the VPC of vpcs.${first} again; a VPC has one flow log here`,
      });
    }
    if (!/^[a-z0-9-]{1,30}$/.test(key)) {
      problems.push({
        propertyPath,
        reason: "its name must be 1 to 30 lower-case letters, digits or hyphens",
      });
    }
    return problems;
  });
};

const whole = (value: unknown, least: number, most = Number.MAX_SAFE_INTEGER) =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;

/**
 * Checks the arguments and fills in the defaults.
 * @throws InputPropertiesError with every mistake at once, each with its path, what was got and what would work.
 */
export const settingsFrom = (name: string, args: FlowLogAnalyticsArgs): Settings => {
  const problems: Problem[] = [];
  const must = (holds: boolean, propertyPath: string, rule: string, got: unknown) => {
    if (!holds) problems.push({ propertyPath, reason: `must be ${rule}; got ${show(got)}` });
  };
  const given: Partial<FlowLogAnalyticsArgs> = args ?? {};
  const settings = {
    maxAggregationInterval: given.maxAggregationInterval ?? 60,
    logRetentionInDays: given.logRetentionInDays ?? 7,
    bufferingInterval: given.bufferingInterval ?? 300,
    bytesScannedCutoffPerQuery: given.bytesScannedCutoffPerQuery ?? 100 * 1024 ** 3,
    forceDestroy: given.forceDestroy ?? false,
  };
  const { maxAggregationInterval, logRetentionInDays, bufferingInterval, bytesScannedCutoffPerQuery } =
    settings;
  // A stream's name has 64 characters at most (Firehose API) and gets a suffix and Pulumi's own eight.
  must(/^[a-z][a-z0-9-]{0,39}$/.test(name), "name", "a letter and up to 39 of a-z, 0-9 and -", name);
  problems.push(...vpcProblems(given.vpcs));
  const layout = layoutOf(given.fields ?? ["default"], problems);
  must(
    [60, 600].includes(maxAggregationInterval),
    "maxAggregationInterval",
    "60 or 600",
    maxAggregationInterval,
  );
  must(
    RETENTION_DAYS.includes(logRetentionInDays),
    "logRetentionInDays",
    `one of ${RETENTION_DAYS.join(", ")}`,
    logRetentionInDays,
  );
  must(whole(bufferingInterval, 0, 900), "bufferingInterval", "0 to 900 seconds", bufferingInterval);
  must(
    whole(bytesScannedCutoffPerQuery, SCAN_LIMIT_MINIMUM),
    "bytesScannedCutoffPerQuery",
    `at least ${SCAN_LIMIT_MINIMUM} bytes`,
    bytesScannedCutoffPerQuery,
  );
  const plan = planOptions(given, layout, problems);
  if (problems.length > 0) throw argumentsError(name, problems);
  return { ...settings, vpcs: given.vpcs ?? {}, layout: plan.networks ? withNetworks(layout) : layout, plan };
};
