import type { ResourceValidationPolicy } from "@pulumi/policy";
import { EXEMPT_SCHEMA, isExempt } from "../../options";
import { fsbp, securityHub } from "../../reading/frameworks";
import type { Strength } from "../../reading/keys";
import { type Fields, properties } from "../../reading/properties";
import { quote } from "../../reading/quoting";
import { inTransit, strengthOfStream } from "../../reading/stream-encryption";

interface StreamType {
  noun: string;
  strengthOf: (props: Fields) => Strength | undefined;
  remedy: string;
}

const STREAMS: Record<string, StreamType> = {
  "aws:kinesis/stream:Stream": {
    noun: "data stream",
    strengthOf: strengthOfStream,
    remedy: 'set encryptionType to "KMS" and kmsKeyId to a key',
  },
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
    noun: "delivery stream",
    strengthOf: inTransit,
    remedy: "set serverSideEncryption.enabled to true",
  },
};

export const streamEncrypted: ResourceValidationPolicy = {
  name: "stream-encrypted",
  displayName: "Streams encrypted",
  description: "A Kinesis data stream and a Firehose delivery stream encrypt the records that they keep.",
  enforcementLevel: "mandatory",
  severity: "high",
  framework: fsbp("Kinesis.1", "Kinesis streams should be encrypted at rest"),
  tags: ["encryption", "kinesis", "firehose", "fsbp/DataFirehose.1"],
  remediationSteps: "Turn encryption at rest on, with AWS's key or with one of the account.",
  url: securityHub("kinesis"),
  configSchema: { properties: EXEMPT_SCHEMA },
  validateResource: (args, reportViolation) => {
    const stream = Object.hasOwn(STREAMS, args.type) ? STREAMS[args.type] : undefined;
    if (!stream || isExempt(args) || stream.strengthOf(properties(args)) !== "none") return;
    reportViolation(`${stream.noun} ${quote(args.name)} keeps its records unencrypted; ${stream.remedy}.`);
  },
};
