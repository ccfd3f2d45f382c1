import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** The form of a value, as a model of AWS's describes it. */
export interface Shape {
  /** Members of a structure, by their names there. */
  members?: Record<string, () => Shape>;
  /** Each item of a list. */
  item?: () => Shape;
}

interface Model {
  operations: Record<string, { input?: { shape: string } }>;
  shapes: Record<
    string,
    { type: string; members?: Record<string, { shape: string }>; member?: { shape: string } }
  >;
}

const models = new Map<string, Model>();

const modelOf = (botocore: string, service: string): Model => {
  const known = models.get(service);
  if (known) return known;
  const folder = join(botocore, "data", service);
  const file = join(folder, readdirSync(folder).sort().at(-1) ?? "", "service-2.json.gz");
  const model: Model = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8"));
  models.set(service, model);
  return model;
};

const shapeIn = (model: Model, name: string): Shape => {
  const { members, member } = model.shapes[name];
  return {
    members:
      members &&
      Object.fromEntries(
        Object.entries(members).map(([key, { shape }]) => [key, () => shapeIn(model, shape)]),
      ),
    item: member && (() => shapeIn(model, member.shape)),
  };
};

/** Returns the input shape of an operation, such as `athena.CreateWorkGroup`, from an installed botocore. */
export const inputShape = (botocore: string, operation: string): Shape => {
  const [service, name] = operation.split(".");
  const model = modelOf(botocore, service);
  const input = model.operations[name]?.input;
  if (!input) throw new Error(`botocore knows no ${operation}`);
  return shapeIn(model, input.shape);
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Tags and dimensions are an object here, and a list of names and values there. */
const asPairs = (value: Record<string, unknown>, [first, second]: string[]) =>
  Object.entries(value).map(([key, inner]) => ({ [first]: key, [second]: inner }));

/**
 * The value under the model's names, which differ from Pulumi's in capitals alone. A name that the model does not have stays,
 * for the judge to refuse.
 */
export const named = (value: unknown, shape: Shape): unknown => {
  const { members, item } = shape;
  if (item && Array.isArray(value)) return value.map((each) => named(each, item()));
  const pair = Object.keys(item?.().members ?? {});
  if (isObject(value) && pair.length === 2) return asPairs(value, pair);
  if (!isObject(value) || !members) return value;
  const names = new Map(Object.keys(members).map((name) => [name.toLowerCase(), name]));
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([key, inner]) => {
      const name = names.get(key.toLowerCase());
      return name ? [name, named(inner, members[name]())] : [key, inner];
    });
  return Object.fromEntries(entries);
};
