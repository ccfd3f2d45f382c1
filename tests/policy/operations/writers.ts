import assert from "node:assert/strict";
import type { PolicyResource } from "@pulumi/policy";
import { streamWriterMayUseKey } from "../../../policy/rules/operations/stream-writer-may-use-key";
import { document, KEY, resource } from "../stack";
import { judge } from "./judge";

// A role that writes to an encrypted stream, as the tests of stream-writer-may-use-key have it.

export const ACCOUNT = "111122223333";
export const STREAM = `arn:aws:firehose:eu-west-1:${ACCOUNT}:deliverystream/flows`;
export const VIA_FIREHOSE = "firehose.eu-west-1.amazonaws.com";
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/etl`;

export const stream = (encryption = {}, props = {}) =>
  resource("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "flows", {
    arn: STREAM,
    serverSideEncryption: {
      enabled: true,
      keyType: "CUSTOMER_MANAGED_CMK",
      keyArn: KEY,
      ...encryption,
    },
    ...props,
  });
export const role = (props = {}) =>
  resource("aws:iam/role:Role", "etl", {
    id: "etl",
    name: "etl",
    arn: ROLE,
    uniqueId: "AROAEXAMPLE",
    ...props,
  });

export const allow = (Action: string | string[], Resource: string | string[], more = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
export const PUT = allow(["firehose:PutRecord", "firehose:PutRecordBatch"], STREAM);
export const via = (service: string, operator = "StringEquals") => ({
  Condition: { [operator]: { "kms:ViaService": service } },
});
export const USE = allow(["kms:GenerateDataKey", "kms:Decrypt"], KEY, via(VIA_FIREHOSE));
export const text = (...statements: object[]) => JSON.stringify(document(...statements));
export const inline = (...statements: object[]) =>
  resource("aws:iam/rolePolicy:RolePolicy", "etl-policy", {
    role: "etl",
    name: "etl-policy",
    policy: text(...statements),
  });
export const managed = (name: string, ...statements: object[]) =>
  resource("aws:iam/policy:Policy", name, {
    arn: `arn:aws:iam::${ACCOUNT}:policy/${name}`,
    policy: text(...statements),
  });
export const attached = (policyArn: unknown) =>
  resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "etl-attachment", { role: "etl", policyArn });

export const of = (...resources: PolicyResource[]) => judge(streamWriterMayUseKey, resources);
export const accepts = (...resources: PolicyResource[]) => assert.deepEqual(of(...resources), []);
export const rejects = (...resources: PolicyResource[]) => {
  const found = of(...resources);
  assert.equal(found.length, 1, found.join("\n"));
  return found[0];
};
