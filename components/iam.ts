import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

/** The partition, region and account that the component's provider deploys to. */
export interface Place {
  partition: pulumi.Output<string>;
  region: pulumi.Output<string>;
  accountId: pulumi.Output<string>;
  dnsSuffix: pulumi.Output<string>;
}

export const placeOf = (opts: pulumi.InvokeOptions): Place => {
  const partition = getPartitionOutput({}, opts);
  return {
    partition: partition.partition,
    dnsSuffix: partition.dnsSuffix,
    region: getRegionOutput({}, opts).region,
    accountId: getCallerIdentityOutput({}, opts).accountId,
  };
};

/** ARN of a resource in this place: `arn:<partition>:<service>:<region>:<account>:<resource>`. */
export const arnIn = (place: Place, service: string, resource: pulumi.Input<string>) =>
  pulumi.interpolate`arn:${place.partition}:${service}:${place.region}:${place.accountId}:${resource}`;

/** A statement of an IAM policy, in IAM's own words. */
export interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: pulumi.Input<string> | Record<string, pulumi.Input<string> | pulumi.Input<string>[]>;
  Action: string[] | string;
  Resource?: pulumi.Input<string> | pulumi.Input<string>[];
  Condition?: Record<string, Record<string, pulumi.Input<string | string[]> | pulumi.Input<string>[]>>;
}

/** A policy document as JSON. */
export const policyDocument = (statements: Statement[]): pulumi.Output<string> =>
  pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements });

/**
 * Allows a principal to use a key through a service of this region. The service calls KMS with the principal's
 * credentials, and KMS sets `kms:ViaService` to the service's host.
 */
export const keyThrough = (
  service: string,
  args: {
    Sid: string;
    Action: string[];
    place: Place;
    keyArns: pulumi.Input<string>[];
  },
): Statement => {
  const { Sid, Action, place, keyArns } = args;
  const via = pulumi.interpolate`${service}.${place.region}.${place.dnsSuffix}`;
  return {
    Sid,
    Effect: "Allow",
    Action,
    Resource: keyArns.length === 1 ? keyArns[0] : keyArns,
    Condition: { StringEquals: { "kms:ViaService": via } },
  };
};

/**
 * Allows a principal to put records into a stream that is encrypted with a key. Callers of PutRecord and PutRecordBatch
 * need permission to use the key: for streams created since 20 April 2026, and for older ones from 28 February 2027 on
 * (AWS's notice of change).
 */
export const puttingInto = (args: {
  Action: string[];
  streamArn: pulumi.Input<string>;
  place: Place;
  keyArns: pulumi.Input<string>[];
}): Statement[] => {
  const { Action, streamArn, ...key } = args;
  return [
    { Sid: "PutIntoTheStream", Effect: "Allow", Action, Resource: streamArn },
    keyThrough("firehose", {
      Sid: "EncryptRecordsThroughFirehose",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      ...key,
    }),
  ];
};

/** ARNs of a service's resources, or patterns of them; they may depend on where the stack is. */
export type Sources = pulumi.Input<string>[] | pulumi.Output<string[]>;

/** Resources and accounts for which a service may assume a role. */
interface RoleArgs {
  place: Place;
  service: string;
  sources: Sources;
  /** Their accounts; the stack's own, if absent. */
  accounts?: pulumi.Input<string>[];
  statements: Statement[];
}

/** Returns a list of one as that one, which is shorter and the same to IAM. */
const oneOrMore = (texts: Sources) => {
  const short = <T>(known: T[]) => (known.length === 1 ? known[0] : known);
  return Array.isArray(texts) ? short(texts) : texts.apply(short);
};

/** Allows a service to assume a role for these of its resources in these accounts only. */
export const trustOf = ({
  service,
  sources,
  accounts,
}: {
  service: string;
  sources: Sources;
  accounts: pulumi.Input<string>[];
}): Statement[] => [
  {
    Effect: "Allow",
    Principal: { Service: `${service}.amazonaws.com` },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": accounts.length === 1 ? accounts[0] : accounts },
      ArnLike: { "aws:SourceArn": oneOrMore(sources) },
    },
  },
];

/**
 * Creates a role that one service may assume, only for the given resources (against a confused deputy), with exactly the
 * given statements. Resources that use the role must depend on `policy`.
 */
export const createRole = (name: string, args: RoleArgs, opts: pulumi.CustomResourceOptions) => {
  const { service, sources, accounts = [args.place.accountId] } = args;
  const trust = policyDocument(trustOf({ service, sources, accounts }));
  const role = new iam.Role(`${name}-role`, { assumeRolePolicy: trust }, opts);
  const policy = new iam.RolePolicy(
    `${name}-policy`,
    { role: role.name, policy: policyDocument(args.statements) },
    opts,
  );
  return { role, policy };
};
