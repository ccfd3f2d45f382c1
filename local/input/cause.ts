import { DEFAULT_LAYOUT, type Layout, layoutFrom, TRANSIT_CATALOG } from "../../schema/layout";
import { cellsOf, DELIMITERS, type Delimiter } from "./csv";
import { fits } from "./fit";
import type { InputLine } from "./reader";
import { Unwrapper } from "./resolve";

/** Formats to try on lines that do not fit their own: the presets, and the transit gateway's default. */
const PRESETS: [name: string, layout: Layout][] = [
  ...["default", "recommended", "all"].map(
    (name) => [`preset ${name}`, layoutFrom([name])] as [string, Layout],
  ),
  ["format of transit gateways' flow logs", layoutFrom(["default"], TRANSIT_CATALOG)],
];

/** Patterns of lines that are not flow logs, or are in a form that cannot be read. */
const OTHERS: [pattern: RegExp, what: string][] = [
  [/^\s*<[a-z/?!]/i, "they are XML or HTML, such as an error that was saved for a file"],
  [
    /^[-+|][-+|\s]|^[\u2500-\u257f]/,
    "they are a table for people; have the program print JSON or CSV (the AWS CLI: --output json)",
  ],
  [/^\s*-?\s*[A-Za-z]\w*: ?/, "they look like YAML; have the AWS CLI print --output json"],
  [
    /^\{.*"(?:awslogs|kinesis|recordId)"/,
    "they are events with base64 in them; decode it: jq -r '.. | .data? // empty' FILE | base64 -d | flowlogs run -",
  ],
  [/"eventVersion"|"awsRegion"/, "they are CloudTrail's, and no flow logs"],
  [
    /^\s*[{[]/,
    "they are JSON without a line of a flow log or a row of its fields; docs/inputs.md has the members that are read",
  ],
  [/^[A-Za-z0-9+/]{40,}={0,2}$/, "they look like base64; decode them: base64 -d FILE | flowlogs run -"],
  [
    /\u00a0/,
    "they have no-break spaces between their values, as copied from a page; put spaces in their place",
  ],
];

const DELIMITER_NAMES: Record<Delimiter, string> = {
  ",": "commas",
  "\t": "tabs",
  ";": "semicolons",
  "|": "bars",
};

/** Returns the values of a line. They stand between spaces, or between the delimiters of a table with as many cells as fields. */
const valuesIn = ({ text, layout }: InputLine): string[] => {
  const cells = DELIMITERS.map((delimiter) => cellsOf(text, delimiter) ?? []);
  return cells.find(({ length }) => length > 1 && length === layout.fields.length) ?? tokensOf(text);
};

/** Returns advice for the rows of a table without a header. */
const headFor = (lines: readonly InputLine[]): string | undefined => {
  const delimiter = DELIMITERS.find((each) =>
    most(lines, ({ text }) => !text.trim().includes(" ") && text.split(each).length > 2),
  );
  if (!delimiter) return undefined;
  const head = ["version", "account-id", "interface-id", "…"].join(delimiter);
  return `they are values with ${DELIMITER_NAMES[delimiter]} between; put a line with their names before them: ${head}`;
};

const most = (lines: readonly InputLine[], test: (line: InputLine) => boolean) =>
  lines.filter(test).length * 2 > lines.length;

const tokensOf = (text: string) => text.trim().split(/[ \t]+/);

/** Returns the --format option for a format: a preset's name, or the fields. */
const optionFor = (name: string, { format }: Layout) =>
  name.startsWith("preset ") ? `--format ${name.slice(7)}` : `--format '${format}'`;

const presetFor = (lines: readonly InputLine[]): string | undefined => {
  for (const [name, layout] of PRESETS) {
    const unwrapper = new Unwrapper(
      () => layout,
      () => false,
      layout,
    );
    const isFit = ({ text }: InputLine) => Array.isArray(unwrapper.text(text));
    if (lines[0].layout.format !== layout.format && most(lines, isFit))
      return `they fit the ${name}, ${layout.fields.length} values a line: ${optionFor(name, layout)}`;
  }
  return undefined;
};

/** Describes the first value of the first line that its field cannot have. */
const valueFor = ([line]: readonly InputLine[]): string | undefined => {
  const { layout } = line;
  const tokens = valuesIn(line);
  const at = layout.fields.findIndex(
    ({ name }, i) =>
      !fits(
        tokens[i] ?? "",
        layoutFrom([name], { fields: new Map([[name, layout.fields[i]]]), presets: {} }),
      ),
  );
  if (tokens.length !== layout.fields.length || at < 0) return undefined;
  return `in the first of them, ${layout.fields[at].name} cannot be ${JSON.stringify(tokens[at].slice(0, 100))}`;
};

/**
 * Returns the likely cause why lines do not fit their format, and what to do: they have another known format, another number of values,
 * or a value that the field cannot have.
 */
export const causeOf = (lines: readonly InputLine[]): string => {
  const unfit = lines.filter(({ text, layout }) => !fits(text, layout));
  const name = `name theirs: --format '\${version} \${account-id} …'`;
  if (unfit.length === 0) return name;
  const preset = presetFor(unfit);
  if (preset) return preset;
  const other = OTHERS.find(([pattern]) => most(unfit, ({ text }) => pattern.test(text)));
  if (other) return other[1];
  const head = unfit[0].layout.format === DEFAULT_LAYOUT.format ? headFor(unfit) : undefined;
  if (head) return head;
  const values = valuesIn(unfit[0]).length;
  const fields = unfit[0].layout.fields.length;
  if (values === fields) return valueFor(unfit) ?? name;
  return most(unfit, ({ text }) => tokensOf(text).length === values)
    ? `${name} (they have ${values} value${values === 1 ? "" : "s"} a line, and the format has ${fields} fields)`
    : name;
};
