import { partitionOf } from "../../../components/partitions";
import type { DeclaredResource, Program } from "../../../local/program";
import { namePattern } from "../../../local/program/autonaming";

/** Parts of a policy's ARNs. */
export interface Where {
  program: Program;
  /** Account of the deployment; `*` for whichever it is. */
  account: string;
}

export type Inputs = DeclaredResource["inputs"];

/** ARNs, or patterns of them, that a call for a resource is allowed on. */
export type On = (resource: DeclaredResource, where: Where) => string[];

/** ARN of a resource in the program's region, or in another. */
export const arnOf = ({ program, account }: Where, service: string, resource: string, region?: string) => {
  const partition = partitionOf(program.region)?.name ?? "aws";
  return `arn:${partition}:${service}:${region ?? program.region}:${account}:${resource}`;
};

/** ARN of what IAM has, which is of no region. */
export const iamArn = (where: Where, resource: string) => arnOf(where, "iam", resource, "");

/** Stands in the names of what belongs to one format. A change of fields makes others, which the same policy covers. */
const DIGEST = /-f[0-9a-f]{7}(?=-|$)/;

/** The names that AWS may have for a resource: the declared one, or those that Pulumi or the provider may make. */
export const namesOf = ({ type, name, inputs }: DeclaredResource, { program }: Where): string => {
  const { namePrefix } = inputs;
  const exact: string | undefined = inputs.name ?? inputs.bucket;
  if (exact !== undefined) return exact.replace(DIGEST, "-*");
  if (namePrefix !== undefined) return `${namePrefix.split(DIGEST)[0].replace(/-$/, "")}-*`;
  const { autonaming, project, stack } = program;
  return namePattern(autonaming, { type, name: name.replace(DIGEST, "-*"), project, stack });
};

/** The names of a resource that another one refers to. What is not of the program has one name. */
export const referred = (where: Where, type: string, name: string): string => {
  const declared = where.program.resources.find((each) => each.type === type && each.state.name === name);
  return declared ? namesOf(declared, where) : name;
};

/** For an action that works on no resource, or on all at once. */
export const ANYTHING: On = () => ["*"];

/** The resource itself; `kind` is what stands before its name in an ARN. */
export const itself =
  (service: string, kind: string): On =>
  (resource, where) => [arnOf(where, service, `${kind}${namesOf(resource, where)}`, resource.inputs.region)];

/** The resource that an input names. */
export const named =
  (input: string, type: string, service: string, kind: string): On =>
  ({ inputs }, where) => [
    arnOf(where, service, `${kind}${referred(where, type, inputs[input])}`, inputs.region),
  ];

/** The log group that an input names. What is in a log group comes after a colon. */
export const logGroup =
  (input: string): On =>
  ({ inputs }, where) => {
    const name = referred(where, "aws:cloudwatch/logGroup:LogGroup", inputs[input]);
    const all = name.endsWith("*") ? [name] : [name, `${name}:*`];
    return all.map((each) => arnOf(where, "logs", `log-group:${each}`));
  };

/** ARN of the bucket of this name, which is one of the program or was there before. */
export const bucketArn = (where: Where, name: string): string => {
  const own = where.program.resources.find((each) => each.type === BUCKET && each.state.bucket === name);
  return arnOf({ ...where, account: "" }, "s3", own ? namesOf(own, where) : name, "");
};

const BUCKET = "aws:s3/bucket:Bucket";

/** The bucket, or that of a part of it. */
export const bucket: On = ({ state }, where) => [bucketArn(where, state.bucket)];

export const objects: On = (resource, where) => bucket(resource, where).map((arn) => `${arn}/*`);

/** The key that inputs name, which was there before, or the program's own, which has no name until it is made. */
export const key =
  (arnIn: (inputs: Inputs) => string | undefined): On =>
  ({ inputs }, where) => {
    const arn = arnIn(inputs);
    const isOwn = where.program.resources.some(({ state }) => state.arn === arn);
    return [arn === undefined || isOwn ? arnOf(where, "kms", "key/*") : arn];
  };

/** A database with everything that its deletion deletes. Glue asks for what holds it, too. */
export const database =
  (input: string): On =>
  ({ inputs }, where) => {
    const name = inputs[input];
    const parts = ["catalog", `database/${name}`, `table/${name}/*`, `userDefinedFunction/${name}/*`];
    return parts.map((part) => arnOf(where, "glue", part));
  };
