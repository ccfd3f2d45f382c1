import { makeProgram } from "../../cli";
import { savedQueries } from "../../queries";
import { FIELD_BY_NAME, FIELDS, type FieldType, LABELS, PRESETS, UNPARSED } from "../../schema/fields";
import { TRANSIT_FIELDS } from "../../schema/transit";
import { valuesOf } from "../../schema/values";
import { type Declared, declaredIn } from "./declared";
import { table } from "./markdown";

const ARGUMENTS = "FlowLogAnalyticsArgs";
const COMPONENT = "FlowLogAnalytics";

const code = (text: string) => `\`${text}\``;

const named = (declared: Declared[], name: string): Declared => {
  const found = declared.find((declaration) => declaration.name === name);
  if (!found) throw new Error(`nothing declares ${name}`);
  return found;
};

const argumentTable = ({ members }: Declared) =>
  table(
    ["argument", "type", "default", "meaning"],
    members.map(({ name, type, isRequired, default: absent, meaning, example }) => [
      code(name),
      code(type),
      isRequired ? "required" : absent,
      `${meaning} For example ${code(example)}.`,
    ]),
  );

const outputTable = ({ members }: Declared) =>
  table(
    ["output", "type", "meaning"],
    members.map(({ name, type, meaning }) => [code(name), code(type), meaning]),
  );

const valueTable = ({ members }: Declared) =>
  table(
    ["value", "meaning"],
    members.map(({ type, meaning }) => [code(type.replaceAll('"', "")), meaning]),
  );

/** A type that an argument has, with what it is made of. */
const typeSection = (declared: Declared) => {
  const { name, kind, meaning } = declared;
  return [`### ${name}`, meaning, kind === "enum" ? valueTable(declared) : argumentTable(declared)];
};

const FIELD_HEAD = ["field", "column", "type", "values", "since", "preset", "wire key", "meaning"];
const valuesText = (field: { name: string; type: FieldType }) => {
  const { most, isAddress } = valuesOf(field);
  return isAddress ? "IPv4, IPv6" : most === undefined ? "any text" : `0 to ${most}`;
};
const fieldRows = () =>
  [...FIELDS, ...[...LABELS, UNPARSED].map((added) => ({ ...added, name: "", since: "" }))].map((f) => {
    const presets = Object.entries(PRESETS).flatMap(([preset, names]) =>
      (names as readonly string[]).includes(f.name) ? [preset] : [],
    );
    const [preset = ""] = presets;
    return [f.name, code(f.column), f.type, valuesText(f), String(f.since), preset, code(f.key), f.meaning];
  });

const TRANSIT_HEAD = ["field", "column", "type", "wire key", "meaning"];
const transitRows = () =>
  TRANSIT_FIELDS.filter((f) => !FIELD_BY_NAME.has(f.name)).map((f) => [
    f.name,
    code(f.column),
    f.type,
    code(f.key),
    f.meaning,
  ]);

const queryRows = () =>
  savedQueries().map(({ name, title, question, fields, parameters, prepared }) => [
    code(name),
    `${title}. ${question}`,
    fields.join(" "),
    parameters.map((p) => `${code(p.name)} = ${code(p.default)}: ${p.meaning}`).join("; "),
    prepared.parameters.map(code).join(" "),
  ]);

const commands = async () =>
  (await makeProgram()).commands.map((command) => {
    command.configureHelp({ helpWidth: 100 }).configureOutput({ getOutHasColors: () => false });
    return `### flowlogs ${command.name()}\n\n\`\`\`text\n${command.helpInformation()}\`\`\``;
  });

/** docs/reference.md, from the code that it describes. */
export const reference = async (): Promise<string> => {
  const taken = declaredIn("components/arguments.ts");
  const component = named(declaredIn(`components/${COMPONENT}.ts`), COMPONENT);
  return [
    "# Reference",
    "Printed from the code by `npm run docs`; a test compares. Why things are as they are: [architecture.md](architecture.md).",
    `## Arguments of ${COMPONENT}`,
    argumentTable(named(taken, ARGUMENTS)),
    ...taken.filter(({ name }) => name !== ARGUMENTS).flatMap(typeSection),
    `## Outputs of ${COMPONENT}`,
    outputTable(component),
    "## Fields",
    "The first preset that has a field is named; each later one (default, recommended, all) has those before it. " +
      "The wire key is what the ETL calls the column on its way to Firehose. The columns without a field are the ETL's.",
    table(FIELD_HEAD, fieldRows()),
    "## Fields of transit gateways",
    "These are a transit gateway's own, all since version 6. The default, which is all that there are, in order: " +
      `${TRANSIT_FIELDS.map(({ name }) => code(name)).join(" ")}.`,
    table(TRANSIT_HEAD, transitRows()),
    "## Saved queries",
    "Each is also a prepared statement, with `_` for `-` in its name. Its parameters are the last column, in their order: " +
      "Athena takes `?` in WHERE alone, so all others keep their defaults.",
    table(["query", "question", "fields", "parameters and defaults", "prepared"], queryRows()),
    "## Commands",
    ...(await commands()),
  ]
    .join("\n\n")
    .concat("\n");
};
