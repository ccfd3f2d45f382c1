import type * as pulumi from "@pulumi/pulumi";
import type { Ingestion } from "../arguments";
import type { Page } from "../console";

/** A resource to watch: its name in AWS, and the word that tells it from others of its kind. */
export interface Named {
  key: string;
  name: pulumi.Input<string>;
}

/** A log group or a stream. */
export interface Receiver extends Named {
  /** True if flow logs write to it now. A group of a previous format stays silent, which is no alarm. */
  isWritten: boolean;
}

/** A log group that the stack reads. */
export interface ReadGroup extends Receiver {
  /** The subscription filter that reads it. */
  filterName: pulumi.Input<string>;
}

/** Resources that run detections. */
export interface WatchedDetections {
  machineArn: pulumi.Input<string>;
  scheduleGroup: pulumi.Input<string>;
  /** The queue of the schedules' inputs that could not start a run. */
  queueName: pulumi.Input<string>;
  /** Hours from one run to the next, of the detection that runs most often. */
  everyHours: number;
}

/** Resources to watch, in the order of the flow, by the names that AWS gives. */
export interface Watched {
  /** The stack's own log groups and the existing ones that it reads; none with DIRECT. */
  logGroups: ReadGroup[];
  functionName: pulumi.Input<string>;
  /** The log group that the function writes to. */
  functionLogs: pulumi.Input<string>;
  /** The function's timeout, in seconds. */
  functionTimeout: number;
  /** The delivery streams. A key, such as `stream`, begins the names of its alarms. */
  streams: Receiver[];
  /** The log group that the streams write their errors to. */
  streamLogs: pulumi.Input<string>;
  bucketName: pulumi.Input<string>;
  workgroupName: pulumi.Input<string>;
  /** Absent without detections. */
  detections?: WatchedDetections;
}

/** A resource that an alarm is about, as its description names it. */
export interface Concerned {
  /** Such as `Log group`. */
  what: string;
  page: Page;
  name: pulumi.Input<string>;
}

/** Subjects of alarms, by their place in the flow. */
export const concernedIn = (watched: Watched) => ({
  logGroups: watched.logGroups.map(({ name }): Concerned => ({ what: "Log group", page: "logGroup", name })),
  function: { what: "Function", page: "function", name: watched.functionName } satisfies Concerned,
  functionLogs: { what: "Its log group", page: "logGroup", name: watched.functionLogs } satisfies Concerned,
  streams: watched.streams.map(({ name }): Concerned => ({ what: "Stream", page: "stream", name })),
  streamLogs: { what: "Its log group", page: "logGroup", name: watched.streamLogs } satisfies Concerned,
  bucket: { what: "Bucket", page: "bucket", name: watched.bucketName } satisfies Concerned,
});

/** The settings that monitoring follows. */
export interface MonitorSettings {
  alarmTopic?: pulumi.Input<string>;
  /** 0 for no alarm. */
  alarmSilenceInMinutes: number;
  ingestion: Ingestion;
  bufferingInterval: number;
}

/** Thresholds of alarms, which the dashboard draws too. */
export interface Limits {
  durationMilliseconds: number;
  unparsedPercent: number;
  freshnessSeconds: number;
}

export const limitsOf = (settings: MonitorSettings, watched: Watched): Limits => ({
  durationMilliseconds: watched.functionTimeout * 1000 * 0.8,
  // A few lines of another format need no action.
  unparsedPercent: 1,
  // The buffering interval and ten minutes for conversion, writing and retries: 15 minutes, AWS's advice, by default.
  freshnessSeconds: settings.bufferingInterval + 600,
});
