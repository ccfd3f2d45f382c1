import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { OPERATIONS } from "./operations";

// Writes models.json: what botocore's models say about how long and how many each member of the calls may be that make
// the declared resources. Run with the folder of an installed botocore:
//   npm run quotas -- <site-packages>/botocore

interface Shape {
  type: string;
  members?: Record<string, { shape: string }>;
  member?: { shape: string };
  key?: { shape: string };
  value?: { shape: string };
  min?: number;
  max?: number;
}

interface Model {
  operations: Record<string, { input: { shape: string } }>;
  shapes: Record<string, Shape>;
}

const ROOT = process.argv[2];

const modelOf = (service: string): Model => {
  const folder = join(ROOT, "data", service);
  const version = readdirSync(folder).sort().at(-1) ?? "";
  return JSON.parse(gunzipSync(readFileSync(join(folder, version, "service-2.json.gz"))).toString("utf8"));
};

/** Parts of calls that no declared resource has: other destinations, sources, targets, and kinds of tables. */
const OTHERS =
  /^(?!Extended)\w+(Destination|Source)Configuration\b|S3BackupConfiguration|OrcSerDe|HiveJsonSerDe|OpenTableFormatInput|ViewDefinition|Federated|Engine|ManagedQueryResults|MonitoringConfiguration|\w+Parameters\b.*\.\w|PromQL|CapacityProvider|Durable|VpcConfig|ImageConfig/;

/** Every member with a limit, by its path: `[]` is each item of a list, `{}` each value of a map, `{key}` each key. */
const limits = ({ shapes }: Model, name: string, path: string, seen: string[]): [string, number[]][] => {
  const shape = shapes[name];
  if (seen.includes(name)) return [];
  const inside = (inner: string, at: string) =>
    limits({ shapes, operations: {} }, inner, at, [...seen, name]);
  const own: [string, number[]][] = shape.max === undefined ? [] : [[path, [shape.min ?? 0, shape.max]]];
  const members = Object.entries(shape.members ?? {})
    .map(([member, { shape: inner }]) => [path ? `${path}.${member}` : member, inner])
    .filter(([at]) => !OTHERS.test(at))
    .flatMap(([at, inner]) => inside(inner, at));
  const items = shape.member ? inside(shape.member.shape, `${path}[]`) : [];
  const keys = shape.key ? inside(shape.key.shape, `${path}{key}`) : [];
  const values = shape.value ? inside(shape.value.shape, `${path}{}`) : [];
  return [...own, ...members, ...items, ...keys, ...values];
};

const main = () => {
  const [, version] = /__version__ = '([^']+)'/.exec(readFileSync(join(ROOT, "__init__.py"), "utf8")) ?? [];
  const all = [...new Set(Object.values(OPERATIONS).flat())].sort();
  const operations = all.map((name) => {
    const [service, operation] = name.split(".");
    const model = modelOf(service);
    return [name, Object.fromEntries(limits(model, model.operations[operation].input.shape, "", []))];
  });
  const models = {
    botocore: version,
    date: new Date().toISOString().slice(0, 10),
    operations: Object.fromEntries(operations),
  };
  writeFileSync(join(__dirname, "models.json"), `${JSON.stringify(models)}\n`);
};

main();
