import type * as athena from "@pulumi/aws/athena";
import type * as glue from "@pulumi/aws/glue";
import * as pulumi from "@pulumi/pulumi";
import { type Lake, PREFIX } from "../lake";
import { FINDINGS, FORMAT } from "./findings";

/** Resources that a run of a detection uses. */
export interface Run {
  lake: Lake;
  workgroup: athena.Workgroup;
  findings: glue.CatalogTable;
}

/** Athena's limit on the time of a query. */
const QUERY_SECONDS = 1800;

/** All errors of a task except a timeout. */
const AGAIN = { ErrorEquals: ["States.TaskFailed"], BackoffRate: 2, JitterStrategy: "FULL" };
/** Retry for Athena's limit on concurrent queries. */
const ASK_AGAIN = [{ ...AGAIN, IntervalSeconds: 30, MaxAttempts: 3 }];

/** Retry for a call without an answer after a minute, which `States.TaskFailed` does not include. */
const CALL = {
  TimeoutSeconds: 60,
  Retry: [
    { ...AGAIN, ErrorEquals: ["States.TaskFailed", "States.Timeout"], IntervalSeconds: 2, MaxAttempts: 5 },
  ],
};

/** Glue's error for a partition that exists. */
export const TAKEN = ["Glue.AlreadyExistsException"];

/** Path of a run's input in the context object, which every state can read. */
const DETECTION = "$$.Execution.Input.detection";
/**
 * The hour in which the run is due: the scheduled time, such as 2026-01-15T10:15:00Z, up to its first colon.
 */
const DUE = "States.ArrayGetItem(States.StringSplit($$.Execution.Input.scheduled, ':'), 0)";
/** Prefix of a try's objects. Each try has its own, because UNLOAD refuses a prefix that has objects. */
const WRITTEN = `States.Format('${PREFIX.findings}detection={}/run={}/{}-{}/', ${DETECTION}, ${DUE}, $$.Execution.Name, $$.State.RetryCount)`;

/** Has Athena write the rows of the query, a JSON object a line. */
export const ask = ({ lake, workgroup }: Run) => ({
  Parameters: {
    WorkGroup: workgroup.name,
    QueryExecutionContext: { Database: lake.database.name },
    "QueryString.$": pulumi.interpolate`States.Format('UNLOAD ({}) TO \\'s3://${lake.bucketName}/{}\\' WITH (format = \\'JSON\\')', $$.Execution.Input.sql, ${WRITTEN})`,
  },
  ResultSelector: {
    "prefix.$": WRITTEN,
    "location.$": pulumi.interpolate`States.Format('s3://${lake.bucketName}/{}', ${WRITTEN})`,
  },
  ResultPath: "$.written",
  TimeoutSeconds: QUERY_SECONDS,
  Retry: ASK_AGAIN,
});

/** Lists the objects that Athena wrote. It writes none if the query has no row. */
export const look = ({ lake }: Run) => ({
  Parameters: { Bucket: lake.bucketName, MaxKeys: 1, "Prefix.$": "$.written.prefix" },
  ResultSelector: { "objects.$": "$.KeyCount" },
  ResultPath: "$.found",
  ...CALL,
});

/** Registers the objects of a run as a partition of the findings' table, which makes them findings. */
export const register = ({ lake, findings }: Run) => ({
  Parameters: {
    DatabaseName: lake.database.name,
    TableName: findings.name,
    PartitionInput: {
      "Values.$": `States.Array(${DETECTION}, ${DUE})`,
      StorageDescriptor: {
        "Location.$": "$.written.location",
        InputFormat: FORMAT.inputFormat,
        OutputFormat: FORMAT.outputFormat,
        SerdeInfo: { SerializationLibrary: FORMAT.library, Parameters: FORMAT.parameters },
        Columns: FORMAT.columns.map(({ name, type }) => ({ Name: name, Type: type })),
      },
    },
  },
  ResultPath: null,
  ...CALL,
  Retry: [{ ErrorEquals: TAKEN, MaxAttempts: 0 }, ...CALL.Retry],
});

/**
 * Reads the location of the registered partition. It is this run's own if only Glue's answer got lost, or that of another
 * run for the same hour.
 */
export const compare = ({ lake, findings }: Run) => ({
  Parameters: {
    DatabaseName: lake.database.name,
    TableName: findings.name,
    "PartitionValues.$": `States.Array(${DETECTION}, ${DUE})`,
  },
  ResultSelector: { "location.$": "$.Partition.StorageDescriptor.Location" },
  ResultPath: "$.registered",
  ...CALL,
});

const publish = (TopicArn: pulumi.Input<string>, subject: string, message: pulumi.Input<string>) => ({
  Parameters: {
    TopicArn,
    "Subject.$": `States.Format('Flow logs: {}${subject}', ${DETECTION})`,
    "Message.$": message,
  },
  ResultPath: null,
  ...CALL,
});

/** Publishes the SQL that reads the findings. */
export const tell = (topic: pulumi.Input<string>, { lake, workgroup }: Run) =>
  publish(
    topic,
    "",
    pulumi.interpolate`States.Format('{} found something in its run of {}:00 UTC. Ask in workgroup ${workgroup.name}: SELECT finding FROM ${lake.database.name}.${FINDINGS} WHERE detection = \\'{}\\' AND run = \\'{}\\'', ${DETECTION}, ${DUE}, ${DETECTION}, ${DUE})`,
  );

/** Publishes that a run failed, with its error and the way to repeat it. */
export const tellOfFailure = (topic: pulumi.Input<string>) =>
  publish(
    topic,
    " failed",
    `States.Format('The run of {} that was due at {}:00 UTC failed, so nobody looked at what was stored since the run before. A new execution with the same input looks at the same rows. Execution: {}. Error: {}. {}', ${DETECTION}, ${DUE}, $$.Execution.Id, $.error.Error, $.error.Cause)`,
  );
