// Evaluates IAM policies as AWS documents it. Its licence is the AGPL 3.0: a development dependency that only these tests
// load, and never a part of what is published.
import {
  allowedContextKeysForRequest,
  anonymousPrincipal,
  runSimulation,
  type Simulation,
} from "@cloud-copilot/iam-simulate";

/** Account of the stack. */
export const OURS = "123456789012";
/** Account of somebody else. */
export const STRANGER = "210987654321";
/** An anonymous request. */
export const ANONYMOUS = "anonymous";

export type Context = Record<string, string>;

/** A statement as AWS gets it. */
export interface Statement {
  Sid?: string;
  Effect: string;
  Principal?: string | Record<string, string | string[]>;
  Action: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

export interface Document {
  Version: string;
  Statement: Statement[];
}

export interface Call {
  /** ARN of a role, name of a service, or ANONYMOUS. */
  principal: string;
  action: string;
  resource: string;
  /** Owner of the resource: what its ARN says, or else the stack's account. */
  account?: string;
  context?: Context;
}

/** Policies that decide on a call: the caller's and the resource's. */
export interface Policies {
  identity?: Document;
  resource?: Document;
}

/** The account in an ARN: its fifth part. */
export const accountOf = (arn: string): string | undefined => arn.split(":")[4] || undefined;

/** Condition keys of every request, unless the call sets others. */
const contextOf = ({ principal, action, context }: Call, account: string): Context => {
  const role = { "aws:PrincipalArn": principal, "aws:PrincipalAccount": accountOf(principal) ?? "" };
  const service = { "aws:PrincipalServiceName": principal };
  const isRole = principal.startsWith("arn:");
  const signed = { "aws:PrincipalIsAWSService": String(!isRole), ...(isRole ? role : service) };
  return {
    ...(principal === ANONYMOUS ? { "aws:PrincipalAccount": ANONYMOUS } : signed),
    "aws:SecureTransport": "true",
    "aws:ResourceAccount": account,
    ...(action.startsWith("s3:") ? { "s3:ResourceAccount": account } : {}),
    ...context,
  };
};

const simulationOf = (call: Call, { identity, resource }: Policies): Simulation => {
  const account = call.account ?? accountOf(call.resource) ?? OURS;
  return {
    request: {
      principal: call.principal === ANONYMOUS ? anonymousPrincipal : call.principal,
      action: call.action,
      resource: { resource: call.resource, accountId: account },
      contextVariables: contextOf(call, account),
    },
    identityPolicies: identity ? [{ name: "identity", policy: identity }] : [],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: resource,
  };
};

/** Prefix of the condition keys of an encryption context, whose names the caller chooses. */
const ENCRYPTION_CONTEXT = "kms:EncryptionContext:";

/** The evaluator knows such keys only for tags, so an encryption context is passed as a tag. */
const named = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value).replaceAll(ENCRYPTION_CONTEXT, "aws:PrincipalTag/"));

const hasEncryptionContext = async ({ action, resource }: Call): Promise<boolean> => {
  const [service, name] = action.split(":");
  const keys = await allowedContextKeysForRequest(service, name, resource, false, undefined);
  return keys.some((key) => key.startsWith(ENCRYPTION_CONTEXT.toLowerCase()));
};

/**
 * True if the policies allow the call. Throws at what AWS does not know: an action, a resource that the action does
 * not work on, a key that is not in its context, a policy that is not valid.
 */
export const allows = async (call: Call, policies: Policies): Promise<boolean> => {
  const what = `${call.action} on ${call.resource}`;
  const given = Object.keys(call.context ?? {});
  if (given.some((key) => key.startsWith(ENCRYPTION_CONTEXT)) && !(await hasEncryptionContext(call)))
    throw new Error(`${what}: has no encryption context`);
  const result = await runSimulation(named(simulationOf(call, policies)), {});
  if (result.resultType !== "single")
    throw new Error(
      `${what}: ${result.resultType === "error" ? JSON.stringify(result.errors) : "a pattern"}`,
    );
  const unknown = result.result.ignoredContextKeys?.filter((key) => given.includes(key)) ?? [];
  if (unknown.length > 0) throw new Error(`${what}: has no ${unknown.join(", ")}`);
  return result.overallResult === "Allowed";
};
