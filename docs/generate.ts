import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";
import { makeProgram } from "../cli";
import { savedQueries } from "../queries";
import { FIELDS, PRESETS, UNPARSED } from "../schema/fields";

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll(/\s*\n\s*/g, " ");
const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");

/** Name, type and documentation of each member of an interface or class, as its source has them. */
const members = (file: string, name: string): string[][] => {
  const text = readFileSync(join(__dirname, "..", file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const declared = source.statements.find(
    (s): s is ts.InterfaceDeclaration | ts.ClassDeclaration =>
      (ts.isInterfaceDeclaration(s) || ts.isClassDeclaration(s)) && s.name?.text === name,
  );
  if (!declared) throw new Error(`${file} declares no ${name}`);
  return [...declared.members].flatMap((member) => {
    if (!ts.isPropertySignature(member) && !ts.isPropertyDeclaration(member)) return [];
    const comment =
      ts.getTextOfJSDocComment(ts.getJSDocCommentsAndTags(member).find(ts.isJSDoc)?.comment) ?? "";
    const optional = member.questionToken ? "" : "required";
    return [[`\`${member.name.getText()}\``, `\`${member.type?.getText() ?? ""}\``, optional, comment]];
  });
};

const fieldRows = () =>
  [...FIELDS, { ...UNPARSED, name: "", since: "" }].map((f) => {
    const presets = Object.entries(PRESETS).flatMap(([preset, names]) =>
      (names as readonly string[]).includes(f.name) ? [preset] : [],
    );
    return [f.name, `\`${f.column}\``, f.type, String(f.since), presets[0] ?? "", `\`${f.key}\``, f.meaning];
  });

const queryRows = () =>
  savedQueries().map(({ name, title, question, fields, parameters }) => [
    `\`${name}\``,
    `${title}. ${question}`,
    fields.join(" "),
    parameters.map((p) => `\`${p.name}\` = \`${p.default}\`: ${p.meaning}`).join("; "),
  ]);

const commands = async () =>
  (await makeProgram()).commands.map((command) => {
    command.configureHelp({ helpWidth: 100 }).configureOutput({ getOutHasColors: () => false });
    return `### flowlogs ${command.name()}\n\n\`\`\`text\n${command.helpInformation()}\`\`\``;
  });

/** docs/reference.md, from the code that it describes. */
export const reference = async (): Promise<string> => {
  const argumentRows = members("components/arguments.ts", "FlowLogAnalyticsArgs");
  const outputRows = members("components/FlowLogAnalytics.ts", "FlowLogAnalytics");
  return [
    "# Reference",
    "Printed from the code by `npm run docs`; a test compares. Why things are as they are: [architecture.md](architecture.md).",
    "## Arguments of FlowLogAnalytics",
    table(["argument", "type", "", "meaning"], argumentRows),
    "## Outputs of FlowLogAnalytics",
    table(
      ["output", "type", "meaning"],
      outputRows.map(([name, type, , meaning]) => [name, type, meaning]),
    ),
    "## Fields",
    "The first preset that has a field is named; each later one (default, recommended, all) has those before it. " +
      "The wire key is what the ETL calls the column on its way to Firehose.",
    table(["field", "column", "type", "since", "preset", "wire key", "meaning"], fieldRows()),
    "## Saved queries",
    table(["query", "question", "fields", "parameters and defaults"], queryRows()),
    "## Commands",
    ...(await commands()),
    "",
  ]
    .join("\n\n")
    .trimEnd()
    .concat("\n");
};
