import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { ParserRuleContext } from "antlr4ng";
import ts from "typescript";

/** A part of what was parsed: a rule of the grammar, or a token. */
export interface Node {
  parent: Node | null;
  children?: Node[] | null;
  getText(): string;
}

interface Parser {
  removeErrorListeners(): void;
  addErrorListener(listener: object): void;
}

// dt-sql-parser has Trino's own grammar, in modules that Node takes for CommonJS: they are turned into that here.
const FOLDER = join(require.resolve("dt-sql-parser/package.json"), "../dist/lib");
const requireThere = createRequire(join(FOLDER, "index.js"));
const loaded = new Map<string, object>();

const load = (file: string): object => {
  const known = loaded.get(file);
  if (known) return known;
  const source = readFileSync(`${file}.js`, "utf8");
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exports = {};
  loaded.set(file, exports);
  const need = (name: string) => (name.startsWith(".") ? load(join(file, "..", name)) : requireThere(name));
  new Function("exports", "require", outputText)(exports, need);
  return exports;
};

const { TrinoSqlLexer } = load(
  join(FOLDER, "trino/TrinoSqlLexer"),
) as typeof import("dt-sql-parser/dist/lib/trino/TrinoSqlLexer");
const { TrinoSqlParser } = load(
  join(FOLDER, "trino/TrinoSqlParser"),
) as typeof import("dt-sql-parser/dist/lib/trino/TrinoSqlParser");

const { CharStreams, CommonTokenStream } = requireThere("antlr4ng") as typeof import("antlr4ng");

const namesOf = (node: Node): string[] => [
  ...(node.constructor.name === "FunctionCallContext"
    ? [node.children?.[0]?.getText().toLowerCase() ?? ""]
    : []),
  ...(node.children ?? []).flatMap(namesOf),
];

/** The tree of one statement by Trino's grammar, what the grammar finds wrong with it, and the functions that it calls. */
export const parseTrino = (sql: string): { errors: string[]; functions: string[]; tree: Node } => {
  const errors: string[] = [];
  const listener = {
    syntaxError: (_: unknown, __: unknown, line: number, column: number, message: string) =>
      errors.push(`${line}:${column} ${message}`),
    reportAmbiguity: () => {},
    reportAttemptingFullContext: () => {},
    reportContextSensitivity: () => {},
  };
  const listen = (parser: Parser) => {
    parser.removeErrorListeners();
    parser.addErrorListener(listener);
  };
  const lexer = new TrinoSqlLexer(CharStreams.fromString(sql));
  const parser = new TrinoSqlParser(new CommonTokenStream(lexer));
  listen(lexer);
  listen(parser);
  const program: ParserRuleContext = parser.program();
  const tree = program as unknown as Node;
  return { errors, functions: [...new Set(namesOf(tree))], tree };
};
