import { ACCOUNT, accepts, allow, inline, PUT, rejects, role, STREAM, stream } from "./writers";

describe("stream-writer-may-use-key", () => {
  describe("puts records", () => {
    const puts: Record<string, object> = {
      "one record at a time": allow("firehose:PutRecord", STREAM),
      "batches, in other letters": allow("FIREHOSE:putrecordbatch", STREAM),
      "by a pattern of actions": allow("firehose:Put*", STREAM),
      "by all of Firehose's actions": allow("firehose:*", STREAM),
      "into every stream": allow("firehose:PutRecordBatch", "*"),
      "into streams of a prefix": allow(
        "firehose:PutRecordBatch",
        `arn:aws:firehose:*:${ACCOUNT}:deliverystream/fl*`,
      ),
      "into all streams but one": {
        Effect: "Allow",
        Action: "firehose:PutRecord",
        NotResource: `arn:aws:firehose:eu-west-1:${ACCOUNT}:deliverystream/other`,
      },
      "by all actions but IAM's and KMS's": { Effect: "Allow", NotAction: ["iam:*", "kms:*"], Resource: "*" },
      "from one network": { ...PUT, Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } },
      "over TLS, in one region": {
        ...PUT,
        Condition: {
          Bool: { "aws:SecureTransport": "true" },
          StringEquals: { "aws:RequestedRegion": "eu-west-1" },
        },
      },
    };
    for (const [what, statement] of Object.entries(puts))
      it(`rejects a role that puts ${what}`, () => rejects(stream(), role(), inline(statement)));

    const none: Record<string, object[]> = {
      "other actions of Firehose": [
        allow(["firehose:DescribeDeliveryStream", "firehose:ListDeliveryStreams"], "*"),
      ],
      "records into another stream": [allow("firehose:PutRecordBatch", `${STREAM}-other`)],
      "records in another region": [
        { ...PUT, Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } } },
      ],
      "records into streams with a tag that may not be this one's": [
        { ...PUT, Condition: { StringEquals: { "aws:ResourceTag/team": "flows" } } },
      ],
      "records into a Kinesis stream": [allow("kinesis:PutRecords", "*")],
      "nothing, by a Deny": [PUT, { ...PUT, Effect: "Deny" }],
      "nothing, by a Deny of everything": [PUT, { Effect: "Deny", Action: "*", Resource: "*" }],
    };
    for (const [what, statements] of Object.entries(none))
      it(`accepts a role that may do ${what}`, () => accepts(stream(), role(), inline(...statements)));

    it("rejects one whose Deny is about something else", () => {
      rejects(stream(), role(), inline(PUT, { ...PUT, Effect: "Deny", Resource: `${STREAM}-other` }));
      const Condition = { StringNotEquals: { "aws:SourceVpce": "vpce-1" } };
      rejects(stream(), role(), inline(PUT, { ...PUT, Effect: "Deny", Condition }));
    });
  });
});
