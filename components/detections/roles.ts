import type * as athena from "@pulumi/aws/athena";
import type * as glue from "@pulumi/aws/glue";
import type * as sfn from "@pulumi/aws/sfn";
import type * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";
import { arnIn, keyThrough, type Place, type Statement } from "../iam";
import { type Lake, PREFIX } from "../lake";

interface RunArgs {
  place: Place;
  lake: Lake;
  workgroup: athena.Workgroup;
  findings: glue.CatalogTable;
  topic?: pulumi.Input<string>;
  /** ARN of the state machine, which is created after the role. */
  machineArn: pulumi.Input<string>;
}

const BOTH_WAYS = ["kms:Decrypt", "kms:GenerateDataKey"];

/** Permissions that Athena needs from the role of a run. */
const asking = ({ place, lake, workgroup }: RunArgs): Statement[] => {
  const { bucketArn, database, keyArns, table } = lake;
  const objects = (prefix: string) => pulumi.interpolate`${bucketArn}/${prefix}*`;
  return [
    {
      Sid: "Ask",
      Effect: "Allow",
      Action: ["athena:GetQueryExecution", "athena:StartQueryExecution", "athena:StopQueryExecution"],
      Resource: workgroup.arn,
    },
    {
      Sid: "ReadTheSchema",
      Effect: "Allow",
      Action: ["glue:GetDatabase", "glue:GetTable"],
      Resource: [
        arnIn(place, "glue", "catalog"),
        arnIn(place, "glue", pulumi.interpolate`database/${database.name}`),
        arnIn(place, "glue", pulumi.interpolate`table/${database.name}/${table.name}`),
      ],
    },
    { Sid: "FindTheBucket", Effect: "Allow", Action: ["s3:GetBucketLocation"], Resource: bucketArn },
    {
      Sid: "FindRowsAndFindings",
      Effect: "Allow",
      Action: ["s3:ListBucket"],
      Resource: bucketArn,
      Condition: { StringLike: { "s3:prefix": [`${PREFIX.data}*`, `${PREFIX.findings}*`] } },
    },
    { Sid: "ReadRows", Effect: "Allow", Action: ["s3:GetObject"], Resource: objects(PREFIX.data) },
    {
      Sid: "WriteFindingsAndResults",
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"],
      Resource: [objects(PREFIX.findings), objects(PREFIX.results)],
    },
    keyThrough("s3", { Sid: "DecryptAndEncryptThroughS3", Action: BOTH_WAYS, place, keyArns }),
  ];
};

/**
 * Permission to publish to the topic. If the lake's key encrypts the topic, SNS uses the key with the publisher's
 * permissions.
 */
const telling = (topic: pulumi.Input<string>, { place, lake }: RunArgs): Statement[] => [
  { Sid: "Tell", Effect: "Allow", Action: ["sns:Publish"], Resource: topic },
  keyThrough("sns", { Sid: "EncryptMessagesThroughSns", Action: BOTH_WAYS, place, keyArns: lake.keyArns }),
];

/** Permissions of a run: ask in the workgroup, read rows, write and register findings, publish to the topic. */
export const runStatements = (args: RunArgs): Statement[] => {
  const { place, lake, findings, topic, machineArn } = args;
  const { database, keyArns } = lake;
  return [
    ...asking(args),
    {
      Sid: "RegisterFindings",
      Effect: "Allow",
      Action: ["glue:CreatePartition", "glue:GetPartition"],
      Resource: [
        arnIn(place, "glue", "catalog"),
        arnIn(place, "glue", pulumi.interpolate`database/${database.name}`),
        arnIn(place, "glue", pulumi.interpolate`table/${database.name}/${findings.name}`),
      ],
    },
    {
      // Step Functions calls KMS with this role directly, so a condition on kms:ViaService would deny it.
      Sid: "EncryptExecutions",
      Effect: "Allow",
      Action: BOTH_WAYS,
      Resource: keyArns.length === 1 ? keyArns[0] : keyArns,
      Condition: { StringEquals: { "kms:EncryptionContext:aws:states:stateMachineArn": machineArn } },
    },
    ...(topic === undefined ? [] : telling(topic, args)),
  ];
};

/** Permissions of a schedule: decrypt its own input, start a run, and send the input of a failed start to the queue. */
export const scheduleStatements = (args: {
  place: Place;
  keyArns: pulumi.Input<string>[];
  machine: sfn.StateMachine;
  unstarted: sqs.Queue;
}): Statement[] => {
  const { machine, unstarted, ...key } = args;
  return [
    { Sid: "Start", Effect: "Allow", Action: ["states:StartExecution"], Resource: machine.arn },
    keyThrough("scheduler", { Sid: "DecryptTheInput", Action: ["kms:Decrypt"], ...key }),
    { Sid: "KeepTheInput", Effect: "Allow", Action: ["sqs:SendMessage"], Resource: unstarted.arn },
    keyThrough("sqs", { Sid: "EncryptMessagesThroughSqs", Action: BOTH_WAYS, ...key }),
  ];
};
