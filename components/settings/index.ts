import type * as pulumi from "@pulumi/pulumi";
import type { Layout } from "../../schema/layout";
import type { PlanOptions, Plans } from "../../schema/plan";
import type { FlowLogAnalyticsArgs } from "../arguments";
import { childName } from "../names";
import { silenceOf } from "../silence";
import { topicOf } from "../topics";
import { ARGUMENT_NAMES } from "./argument-names";
import { type Capturing, capturingOf } from "./capture";
import { type Detections, detectionsOf } from "./detections";
import { areKnown, type Formats, formatsOf, plansOf, tableLayout } from "./formats";
import { insideOf } from "./inside";
import { partsOf } from "./parts";
import { planOptions } from "./plan";
import { argumentsError, type Problem, show } from "./problems";
import type { Source } from "./source";
import { sourcesOf } from "./sources";
import { type Storage, storageOf } from "./storage";
import { checkTags } from "./tag-check";

/** The arguments with all defaults. */
export interface Settings extends Capturing {
  /** The flow logs to make. */
  sources: Source[];
  formats: Formats;
  /** The table's layout: the columns of all formats. */
  layout: Layout;
  /** The ETL's plan for each format. */
  plans: Plans;
  storage: Storage;
  maxAggregationInterval: number;
  logRetentionInDays: number;
  bufferingInterval: number;
  bytesScannedCutoffPerQuery: number;
  alarmTopic?: pulumi.Input<string>;
  /** 0 for no alarm. */
  alarmSilenceInMinutes: number;
  detections: Detections;
  /** CIDR blocks whose addresses queries take for inside, beside private ones. */
  insideCidrBlocks?: pulumi.Output<string[]>;
  forceDestroy: boolean;
}

/** Retention that PutRetentionPolicy accepts (CloudWatch Logs API reference). */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const SCAN_LIMIT_MINIMUM = 10_000_000;
/** 100 GiB. */
export const SCAN_LIMIT_DEFAULT = 100 * 1024 ** 3;

const whole = (value: unknown, least: number, most = Number.MAX_SAFE_INTEGER) =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;

/**
 * Checks the arguments and fills in the defaults.
 * @throws InputPropertiesError with every mistake at once, each with its path, what was got and what would work.
 */
export const settingsFrom = (name: string, args: FlowLogAnalyticsArgs): Settings => {
  const problems: Problem[] = [];
  const given = partsOf(args, "", ARGUMENT_NAMES, problems) ?? {};
  const {
    maxAggregationInterval = 60,
    logRetentionInDays = 7,
    bufferingInterval = 300,
    bytesScannedCutoffPerQuery = SCAN_LIMIT_DEFAULT,
  } = given;
  const must = (holds: boolean, propertyPath: string, rule: string, got: unknown) => {
    if (!holds) problems.push({ propertyPath, reason: `must be ${rule}; got ${show(got)}` });
  };
  must(typeof name === "string" && name !== "", "name", "text", name);
  const sources = sourcesOf(given, problems);
  const formats = formatsOf(given, problems);
  const capturing = capturingOf(given, { name: childName(String(name)), sources, formats }, problems);
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
    `a whole number of bytes from ${SCAN_LIMIT_MINIMUM} to ${Number.MAX_SAFE_INTEGER}`,
    bytesScannedCutoffPerQuery,
  );
  const options: PlanOptions = planOptions(given, formats.vpc.layout, problems);
  const storage = storageOf(given, problems);
  const layout = tableLayout(formats, options.networks !== undefined);
  const insideCidrBlocks = insideOf(given, problems);
  checkTags(given, problems);
  const alarmTopic = topicOf(given.alarmTopic, "alarmTopic", problems);
  const detections = detectionsOf(given, areKnown(formats) ? layout : undefined, problems);
  const alarmSilenceInMinutes = silenceOf(given, sources, problems);
  if (problems.length > 0) throw argumentsError(name, problems);
  return {
    ...capturing,
    maxAggregationInterval,
    logRetentionInDays,
    bufferingInterval,
    bytesScannedCutoffPerQuery,
    sources,
    formats,
    layout,
    detections,
    ...(insideCidrBlocks ? { insideCidrBlocks } : {}),
    plans: plansOf(formats, options),
    storage,
    alarmTopic,
    alarmSilenceInMinutes,
    forceDestroy: storage.forceDestroy,
  };
};
