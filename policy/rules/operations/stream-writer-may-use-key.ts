import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { EXEMPT_SCHEMA, isExempt } from "../../options";
import type { Statement } from "../../reading/documents";
import { partsOf } from "../../reading/iam-patterns";
import { identitiesOf } from "../../reading/identities";
import type { Identity } from "../../reading/identity";
import { type KeyAccess, keyAccessIn, letsIn } from "../../reading/key-access";
import { PARTITIONS } from "../../reading/partitions";
import { gives } from "../../reading/powers";
import { fields, isTrue, properties } from "../../reading/properties";
import { quote } from "../../reading/quoting";
import { type Answer, answerOf, isAboutResource, type Request } from "../../reading/requests";

const STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";

const PUT = ["firehose:PutRecord", "firehose:PutRecordBatch"];
const USE = ["kms:GenerateDataKey", "kms:Decrypt"];

export const streamWriterMayUseKey: StackValidationPolicy = {
  name: "stream-writer-may-use-key",
  displayName: "Writers may use the stream's key",
  description:
    "A role, user or group that puts records into a delivery stream of the same stack may use the customer key that the " +
    "stream is encrypted with. A stream of another stack is not judged.",
  enforcementLevel: "mandatory",
  severity: "high",
  tags: ["operations", "firehose", "kms"],
  remediationSteps:
    "Allow kms:GenerateDataKey and kms:Decrypt on the stream's key beside firehose:PutRecordBatch, with a condition that " +
    "kms:ViaService is firehose.<region>.amazonaws.com. Firehose asks KMS on behalf of the caller.",
  url: "https://docs.aws.amazon.com/firehose/latest/dev/encryption.html",
  configSchema: { properties: EXEMPT_SCHEMA },
  validateStack: ({ resources, getConfig }, reportViolation) => {
    const isSpared = ({ name, urn }: PolicyResource) => isExempt({ name, urn, getConfig });
    const streams = encryptedStreams(resources).filter(({ resource }) => !isSpared(resource));
    if (streams.length === 0) return;
    const writers = identitiesOf(resources)
      .filter(({ resource }) => !isSpared(resource))
      .map((identity) => ({ identity, puts: putsOf(identity) }));
    for (const stream of streams)
      for (const { identity } of writers.filter((each) => mayPut(each, stream))) {
        const missing = missingOf(identity, stream);
        if (missing.length > 0) reportViolation(finding(identity, stream, missing), identity.resource.urn);
      }
  },
};

interface EncryptedStream {
  resource: PolicyResource;
  arn: string;
  keyArn: string;
  access: KeyAccess;
  region: string;
  /** The value of kms:ViaService in what Firehose asks KMS on behalf of a caller. */
  viaService: string;
}

/** The streams whose ARN and key are known. */
function encryptedStreams(stack: PolicyResource[]): EncryptedStream[] {
  const accessTo = keyAccessIn(stack);
  return stack
    .filter(({ type }) => type === STREAM)
    .flatMap((resource) => {
      const { arn, serverSideEncryption } = properties(resource);
      const { enabled, keyType, keyArn } = fields(serverSideEncryption);
      if (!isTrue(enabled) || keyType !== "CUSTOMER_MANAGED_CMK") return [];
      if (typeof arn !== "string" || typeof keyArn !== "string") return [];
      const [, partition, , region] = partsOf(arn);
      const { dnsSuffix } = PARTITIONS.find(({ name }) => name === partition) ?? PARTITIONS[0];
      const viaService = `firehose.${region}.${dnsSuffix}`;
      return [{ resource, arn, keyArn, access: accessTo(keyArn), region, viaService }];
    });
}

/**
 * The statements by which it is known to put records somewhere. A group is judged with its users, who may have more
 * policies.
 */
const putsOf = ({ complete, hasMembers, statements }: Identity): Statement[] =>
  complete && !hasMembers
    ? statements.filter(
        (each) => each.effect === "Allow" && PUT.some((action) => gives(each, action.toLowerCase())),
      )
    : [];

interface Writer {
  identity: Identity;
  puts: Statement[];
}

/** Keys of who asks, from where and how: somebody who has the policy meets such a condition. */
const WHO =
  /^aws:(principal|source|userid|username|securetransport|multifactorauth|currenttime|epochtime|tokenissuetime|useragent|vpce|viaawsservice)/;

function mayPut({ identity, puts }: Writer, { arn, region }: EncryptedStream): boolean {
  if (!puts.some((each) => isAboutResource(each, arn))) return false;
  const context = { ...contextOf(identity, arn), "aws:requestedregion": [region] };
  return PUT.some((action) => {
    const request = { action: action.toLowerCase(), resource: arn, context, met: WHO };
    return within(identity, request) === "allowed";
  });
}

/** The actions on the stream's key that the identity certainly lacks. */
function missingOf(identity: Identity, { keyArn, access, region, viaService }: EncryptedStream): string[] {
  const context = {
    ...contextOf(identity, keyArn),
    "aws:requestedregion": [region],
    "aws:viaawsservice": ["true"],
    "kms:viaservice": [viaService],
  };
  return USE.filter((action) => {
    const request = { action: action.toLowerCase(), resource: access.arn, context };
    const answer = within(identity, request);
    return answer === "denied" || (answer === "none" && !letsIn(access, identity, request));
  });
}

/** Evaluates a request against an identity's policies and its permissions boundary, which both have to allow it. */
function within({ statements, boundary }: Identity, request: Request): Answer {
  const answer = answerOf(statements, request);
  const bound = boundary ? answerOf(boundary, request) : "allowed";
  return bound === "allowed" || bound === "maybe" ? answer : bound;
}

function contextOf({ props }: Identity, resource: string): Request["context"] {
  const owner = partsOf(resource)[4];
  const context = { "aws:securetransport": ["true"], "aws:resourceaccount": [owner] };
  if (typeof props.arn !== "string") return context;
  const account = [partsOf(props.arn)[4]];
  return {
    ...context,
    "aws:principalarn": [props.arn],
    "aws:principalaccount": account,
    "kms:calleraccount": account,
  };
}

const finding = ({ kind, resource }: Identity, stream: EncryptedStream, missing: string[]): string =>
  `${kind} ${quote(resource.name)} may put records into delivery stream ${quote(stream.resource.name)} but lacks ` +
  `${missing.join(" and ")} on its key ${quote(stream.keyArn)}, so Firehose refuses every record; allow ` +
  `${missing.length > 1 ? "both" : "it"} on the key, with kms:ViaService ${stream.viaService}.`;
