import { randomBytes } from "node:crypto";
import { appendFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ACCOUNT_ID, LocalProvider } from "../../local/program/provider";
import { Cloud, mistakesIn } from "./cloud";
import { Faults, TRIES } from "./faults";
import { answer, serve } from "./plugin";
import { awsSchema } from "./schema";
import { describeType, forcesReplacement, NAME_LIMITS } from "./types";

type Properties = Record<string, unknown>;

const read = (struct: Struct | undefined): Properties => (struct?.toJavaScript() ?? {}) as Properties;
const write = (properties: Properties) => Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)));

/** Output property that lists the inputs with default values, as in Pulumi's bridge to Terraform's providers. */
const DEFAULTS = "__defaults";
const madeUp = (inputs: Properties, property: string) =>
  Array.isArray(inputs[DEFAULTS]) && inputs[DEFAULTS].includes(property);

/** Returns an archive's hash. Archives are compared by it, since the state does not have their files. */
const hashOf = (value: unknown) => (value as { hash?: string } | undefined)?.hash;
const isSame = (a: unknown, b: unknown) =>
  (hashOf(a) !== undefined && hashOf(a) === hashOf(b)) || isDeepStrictEqual(a, b);

/** Pattern of the text that JavaScript makes of an unresolved Output, and of malformed ARNs. */
const MISTAKES = new RegExp(`\\[object Object\\]|Calling \\[to\\w+\\]|"\\w*Arn":"(?!arn:|${unknownValue})`);

/** Resources that AWS has of this stack. */
const folder = process.env.FLOWS_ENGINE_CLOUD ?? mkdtempSync(join(tmpdir(), "flowlogs-cloud-"));
const cloud = new Cloud(folder);

const { FLOWS_ENGINE_LATE: late = 0, FLOWS_ENGINE_THROTTLES: throttles = 0 } = process.env;
const faults = new Faults(`${folder}-faults`, Number(late), Number(throttles));

/** Log of the calls that reached AWS, a line each. The engine's events do not tell a deletion from a resource that it only forgot. */
const enter = (call: string, type: string, name: string) => {
  const { FLOWS_ENGINE_LEDGER: ledger } = process.env;
  if (ledger) appendFileSync(ledger, `${call} ${type} ${name}\n`);
};

/** Retries a call as the provider does. @throws AWS's error, if the last try fails. */
const persist = (call: "create" | "update" | "delete", type: string, name: string, inputs: Properties) => {
  for (let tries = 1; ; tries++) {
    const refusal = faults.refusal(call, type, name, inputs);
    if (refusal === undefined) return;
    enter(`${call} again`, type, name);
    if (tries === TRIES) throw new Error(refusal);
  }
};

let local = new LocalProvider("us-east-1");

const configure = answer(async (request: messages.ConfigureRequest) => {
  const region = read(request.getArgs()).region ?? request.getVariablesMap().get("aws:config:region");
  local = new LocalProvider(String(region));
  return new messages.ConfigureResponse().setSupportspreview(true).setSupportsAutonamingConfiguration(true);
});

const invoke = answer(async (request: messages.InvokeRequest) => {
  const result = local.call({ token: request.getTok(), inputs: read(request.getArgs()) });
  return new messages.InvokeResponse().setReturn(write(result));
});

/** The name that the stack's `pulumi:autonaming` proposes, or else one as Pulumi's bridge to Terraform makes it. */
const nameFor = (request: messages.CheckRequest): string => {
  const proposed = request.getAutonaming()?.getProposedName();
  return proposed || `${request.getName()}-${randomBytes(4).toString("hex").slice(1)}`;
};

/** Gives a resource without a physical name one that stays, and rejects inputs that AWS would refuse. */
const check = answer(async (request: messages.CheckRequest) => {
  const [type, olds, inputs] = [request.getType(), read(request.getOlds()), read(request.getNews())];
  const { naming } = describeType(type);
  const response = new messages.CheckResponse();
  const fail = (property: string, reason: string) =>
    response.addFailures(new messages.CheckFailure().setProperty(property).setReason(reason));
  if (naming && inputs[naming] === undefined && inputs[`${naming}Prefix`] === undefined) {
    inputs[naming] = madeUp(olds, naming) ? olds[naming] : nameFor(request);
    inputs[DEFAULTS] = [naming];
  }
  const name = naming && inputs[naming];
  if (naming && typeof name === "string" && name !== unknownValue && name.length > NAME_LIMITS[type]) {
    fail(naming, `"${name}" has ${name.length} characters; AWS takes ${NAME_LIMITS[type]}`);
  }
  for (const [property, reason] of mistakesIn(type, inputs)) fail(property, reason);
  for (const [property, value] of Object.entries(inputs)) {
    const text = JSON.stringify({ [property]: value });
    if (MISTAKES.test(text)) fail(property, `is no value that AWS could take: ${text}`);
  }
  return response.setInputs(write(inputs));
});

const diff = answer(async (request: messages.DiffRequest) => {
  const [type, olds, news] = [request.getType(), read(request.getOldInputs()), read(request.getNews())];
  const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
    (property) => property !== DEFAULTS && !isSame(olds[property], news[property]),
  );
  const replaces = changed.filter((property) => forcesReplacement(type, property));
  const { naming } = describeType(type);
  // The bridge's rule: two things cannot have one name, so one that the program named must go first.
  const keepsName =
    naming && olds[naming] !== undefined && !madeUp(olds, naming) && !changed.includes(naming);
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  return new messages.DiffResponse()
    .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList(changed)
    .setReplacesList(replaces)
    .setDeletebeforereplace(Boolean(keepsName) && replaces.length > 0);
});

const TABLE = "aws:glue/catalogTable:CatalogTable";

/** Properties that AWS returns beside the inputs. */
const answered = (type: string, name: string, inputs: Properties) => {
  const { naming, outputs } = describeType(type);
  // A replacement has another id than what it replaces.
  const unique = `${name}-${randomBytes(4).toString("hex")}`;
  const { id, state } = local.newResource({ type, name: unique, inputs, custom: true });
  const named = naming && inputs[naming] === undefined ? { [naming]: state[naming] ?? id } : {};
  const made = Object.fromEntries(
    outputs.map((output) => [output, state[output] ?? `${output} of ${id}`] as const),
  );
  const tags = outputs.includes("tagsAll") ? { tagsAll: inputs.tags ?? {} } : {};
  // Tables of two databases may have one name (the AWS provider's own form of a table's id).
  const place = type === TABLE ? `${ACCOUNT_ID}:${inputs.databaseName}:` : "";
  return { id: `${place}${id}`, state: { ...inputs, ...made, ...named, ...tags } };
};

/** Properties that AWS returns, which are unknown in a preview. */
const expected = (type: string, inputs: Properties) => {
  const { naming, outputs } = describeType(type);
  const names = naming && inputs[naming] === undefined ? [...outputs, naming] : outputs;
  return { id: "", state: { ...inputs, ...Object.fromEntries(names.map((name) => [name, unknownValue])) } };
};

/** A type that AWS refuses to make, as it does where a quota is used up or a permission is missing. */
const { FLOWS_ENGINE_REFUSED: refused, FLOWS_ENGINE_PAUSE: pause } = process.env;

const create = answer(async (request: messages.CreateRequest) => {
  const [type, name, inputs] = [request.getType(), request.getName(), read(request.getProperties())];
  const { id, state } = request.getPreview() ? expected(type, inputs) : answered(type, name, inputs);
  if (!request.getPreview()) {
    if (pause) await sleep(Number(pause));
    persist("create", type, name, inputs);
    if (type === refused) throw new Error(`LimitExceededException: there is no room for ${name}`);
    const other = cloud.other(type, state);
    if (other) throw new Error(`AlreadyExists: ${other} is a ${type} with the same name or configuration`);
    const [excess] = local.limits.excesses.splice(0);
    if (excess) throw new Error(`LimitExceeded: ${excess}`);
    cloud.put({ type, id, inputs, state });
    enter("create", type, name);
  }
  return new messages.CreateResponse().setId(id).setProperties(write(state));
});

/** Returns the resource in AWS, or no id if it does not exist. */
const readResource = answer(async (request: messages.ReadRequest) => {
  const held = cloud.get(request.getType(), request.getId());
  if (!held) return new messages.ReadResponse();
  return new messages.ReadResponse()
    .setId(held.id)
    .setInputs(write(held.inputs))
    .setProperties(write(held.state));
});

const update = answer(async (request: messages.UpdateRequest) => {
  const [olds, news] = [read(request.getOlds()), read(request.getNews())];
  const [type, id] = [request.getType(), request.getId()];
  const { naming, outputs } = describeType(type);
  const kept = [...outputs, ...(naming ? [naming] : [])].map((property) => [property, olds[property]]);
  const tags = outputs.includes("tagsAll") ? { tagsAll: news.tags ?? {} } : {};
  const state = { ...Object.fromEntries(kept), ...news, ...tags };
  if (!request.getPreview()) {
    persist("update", type, request.getName(), news);
    if (!cloud.get(type, id)) throw new Error(`NotFound: there is no ${type} ${id}`);
    cloud.put({ type, id, inputs: news, state });
  }
  return new messages.UpdateResponse().setProperties(write(state));
});

const BUCKET = "aws:s3/bucket:Bucket";

/**
 * Deletes as AWS does. Every bucket here has objects, as a lake has. S3 deletes only an empty bucket. The
 * provider empties it with forceDestroy, unless its objects are locked.
 */
const remove = answer(async (request: messages.DeleteRequest) => {
  const { forceDestroy } = read(request.getProperties());
  persist("delete", request.getType(), request.getName(), {});
  const isKept = request.getType() === BUCKET && (forceDestroy !== true || process.env.FLOWS_ENGINE_LOCKED);
  enter(isKept ? "refuse" : "delete", request.getType(), request.getName());
  if (isKept) throw new Error("BucketNotEmpty: The bucket you tried to delete is not empty");
  cloud.remove(request.getType(), request.getId());
  return new Empty();
});

const getPluginInfo = answer(async () => new PluginInfo().setVersion("0.0.0"));
const getSchema = answer(async () => new messages.GetSchemaResponse().setSchema(awsSchema()));

serve(ResourceProviderService, {
  getPluginInfo,
  getSchema,
  configure,
  invoke,
  check,
  diff,
  create,
  read: readResource,
  update,
  delete: remove,
});
