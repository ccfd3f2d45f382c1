import { partitionOf } from "../../../components/partitions";
import type { DeclaredResource, Program } from "../../../local/program";
import { namePattern } from "../../../local/program/autonaming";

/** Parts of a policy's ARNs. */
export interface Where {
  program: Program;
  /** Account of the deployment; `*` for any. */
  account: string;
}

export type Inputs = DeclaredResource["inputs"];

/** ARNs, or patterns of ARNs, on which a resource's calls are allowed. */
export type On = (resource: DeclaredResource, where: Where) => string[];

/** ARN of a resource in the program's region, or in another. */
export const arnOf = ({ program, account }: Where, service: string, resource: string, region?: string) => {
  const partition = partitionOf(program.region)?.name ?? "aws";
  return `arn:${partition}:${service}:${region ?? program.region}:${account}:${resource}`;
};

/** ARN of an IAM resource, which has no region. */
export const iamArn = (where: Where, resource: string) => arnOf(where, "iam", resource, "");

/** Matches a format's digest in names. The policy has `*` instead, to cover later changes of fields. */
const DIGEST = /-f[0-9a-f]{7}(?=-|$)/;

/**
 * Returns patterns of a resource's physical name: the declared one, or those that Pulumi or the provider may generate.
 */
export const namesOf = ({ type, name, inputs }: DeclaredResource, { program }: Where): string => {
  const { namePrefix } = inputs;
  const exact: string | undefined = inputs.name ?? inputs.bucket;
  if (exact !== undefined) return exact.replace(DIGEST, "-*");
  if (namePrefix !== undefined) return `${namePrefix.split(DIGEST)[0].replace(/-$/, "")}-*`;
  const { autonaming, project, stack } = program;
  return namePattern(autonaming, { type, name: name.replace(DIGEST, "-*"), project, stack });
};

/**
 * Returns patterns of the physical name of a resource that another one refers to. A resource outside the program has
 * its literal name.
 */
export const referred = (where: Where, type: string, name: string): string => {
  const declared = where.program.resources.find((each) => each.type === type && each.state.name === name);
  return declared ? namesOf(declared, where) : name;
};

/** `*`, for actions without a resource level. */
export const ANYTHING: On = () => ["*"];

/** The resource itself; `kind` is the text before its name in an ARN. */
export const itself =
  (service: string, kind: string): On =>
  (resource, where) => [arnOf(where, service, `${kind}${namesOf(resource, where)}`, resource.inputs.region)];

/** The resource that an input names. */
export const named =
  (input: string, type: string, service: string, kind: string): On =>
  ({ inputs }, where) => [
    arnOf(where, service, `${kind}${referred(where, type, inputs[input])}`, inputs.region),
  ];

/** The log group that an input names, and its streams, which follow a colon in ARNs. */
export const logGroup =
  (input: string): On =>
  ({ inputs }, where) => {
    const name = referred(where, "aws:cloudwatch/logGroup:LogGroup", inputs[input]);
    const all = name.endsWith("*") ? [name] : [name, `${name}:*`];
    return all.map((each) => arnOf(where, "logs", `log-group:${each}`));
  };

/** ARN of the bucket of this name: the program's own or an existing one. */
export const bucketArn = (where: Where, name: string): string => {
  const own = where.program.resources.find((each) => each.type === BUCKET && each.state.bucket === name);
  return arnOf({ ...where, account: "" }, "s3", own ? namesOf(own, where) : name, "");
};

const BUCKET = "aws:s3/bucket:Bucket";

/** The bucket itself, or the bucket that a setting belongs to. */
export const bucket: On = ({ state }, where) => [bucketArn(where, state.bucket)];

export const objects: On = (resource, where) => bucket(resource, where).map((arn) => `${arn}/*`);

/** The key that inputs name: an existing one, or the program's own, whose id is unknown before the deployment. */
export const key =
  (arnIn: (inputs: Inputs) => string | undefined): On =>
  ({ inputs }, where) => {
    const arn = arnIn(inputs);
    const isOwn = where.program.resources.some(({ state }) => state.arn === arn);
    return [arn === undefined || isOwn ? arnOf(where, "kms", "key/*") : arn];
  };

/** A database with its tables and functions, which its deletion deletes, and the catalog, which Glue checks too. */
export const database =
  (input: string): On =>
  ({ inputs }, where) => {
    const name = inputs[input];
    const parts = ["catalog", `database/${name}`, `table/${name}/*`, `userDefinedFunction/${name}/*`];
    return parts.map((part) => arnOf(where, "glue", part));
  };
