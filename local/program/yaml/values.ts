import {
  specialOutputValueSig,
  specialResourceSig,
  specialSigKey,
  unknownValue,
} from "@pulumi/pulumi/runtime/rpc";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { DeclaredResource } from "../declared";

/** A value that only AWS could tell. */
export const UNKNOWN = Symbol("unknown");

/** A value that comes from resources, by their URNs. */
export class Referred {
  constructor(
    readonly value: unknown,
    readonly urns: string[],
  ) {}
}

type Values = Record<string, unknown>;

const isObject = (value: unknown): value is Values => typeof value === "object" && value !== null;

const mapped = (value: Values, change: (each: unknown) => unknown): Values =>
  Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each)]));

/** The URNs that a value comes from, in it and below. */
export const urnsIn = (value: unknown): string[] => {
  if (value instanceof Referred) return value.urns;
  return isObject(value) ? [...new Set(Object.values(value).flatMap(urnsIn))] : [];
};

/** The value without where it comes from. */
export const plain = (value: unknown): unknown => {
  if (value instanceof Referred) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  return isObject(value) ? mapped(value, plain) : value;
};

/** A value that comes from these resources, if there are any. */
export const referring = (value: unknown, urns: string[]): unknown =>
  urns.length === 0 ? value : new Referred(plain(value), urns);

/** A value as it goes over the wire to the engine. */
const wired = (value: unknown): unknown => {
  if (value === UNKNOWN) return unknownValue;
  if (Array.isArray(value)) return value.map(wired);
  return isObject(value) ? mapped(value, wired) : value;
};

/** A value as it goes to a component, which has to see what comes from other resources. */
const output = (value: unknown): unknown => {
  if (value instanceof Referred) {
    const known = value.value === UNKNOWN ? {} : { value: wired(value.value) };
    return { [specialSigKey]: specialOutputValueSig, dependencies: value.urns, ...known };
  }
  if (Array.isArray(value)) return value.map(output);
  return isObject(value) ? mapped(value, output) : wired(value);
};

const toStruct = (values: unknown): Struct =>
  Struct.fromJavaScript(values as Record<string, JavaScriptValue>);

/** Properties as they go over the wire to the engine. */
export const structOf = (values: Values): Struct => toStruct(wired(plain(values)));

/** Properties as they go over the wire to a component. */
export const outputsOf = (values: Values): Struct => toStruct(output(values));

/** Follows a path into a value; `find` gives the resource that a reference in it stands for. */
export const at = (
  value: unknown,
  path: (string | number)[],
  find: (urn: string) => DeclaredResource | undefined,
): unknown => {
  if (value instanceof Referred) return new Referred(at(value.value, path, find), value.urns);
  const [step, ...rest] = path;
  if (step === undefined) return value === unknownValue ? UNKNOWN : value;
  if (!isObject(value)) return UNKNOWN;
  const isReference = value[specialSigKey] === specialResourceSig;
  const from = isReference ? find(String(value.urn))?.state : value;
  const next = from?.[step];
  return next === undefined ? UNKNOWN : at(next, rest, find);
};
