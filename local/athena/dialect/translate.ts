import type { DuckDBConnection } from "@duckdb/node-api";
import { quoted } from "../../firehose/convert";
import { EXPLAIN, parsed } from "../parsed";
import { QueryError } from "../query-error";
import { strftimeFormat } from "./date-format";
import { FORMATTED, RENAMED, UNTRANSLATED } from "./functions";

/** A node of DuckDB's parse tree. */
interface Node {
  class?: string;
  function_name?: string;
  /** Offset in the statement, in bytes. */
  query_location?: number;
  children?: Node[];
  value?: { value?: unknown };
}

/** A replacement of a part of the statement. */
interface Edit {
  at: number;
  old: string;
  text: string;
}

const wayOut = "ask Athena itself (--engine athena), or write it otherwise";
const notTranslated = (name: string) =>
  new QueryError(`Athena's ${name} is not translated for a local lake: ${wayOut}`);

function* nodesIn(value: unknown): Generator<Node> {
  if (typeof value !== "object" || value === null) return;
  if ("function_name" in value) yield value as Node;
  for (const inner of Object.values(value)) yield* nodesIn(inner);
}

const formatEdit = (name: string, { children = [] }: Node): Edit => {
  const { query_location: at, value } = children[1] ?? {};
  if (at === undefined || typeof value?.value !== "string")
    throw new QueryError(`${name} takes only a format in quotes on a local lake`);
  return { at, old: quoted(value.value), text: quoted(strftimeFormat(value.value)) };
};

const editsOf = (node: Node): Edit[] => {
  const name = node.function_name ?? "";
  const text = RENAMED[name] ?? FORMATTED[name];
  if (UNTRANSLATED.has(name)) throw notTranslated(name);
  if (text === undefined) return [];
  const edit = { at: node.query_location ?? -1, old: name, text };
  return name in FORMATTED ? [edit, formatEdit(name, node)] : [edit];
};

/**
 * Makes the edits from the last to the first, so that offsets stay right. @throws QueryError if a text to replace is
 * not at its offset.
 */
const edited = (sql: string, edits: Edit[]): string => {
  let bytes = Buffer.from(sql);
  for (const { at, old, text } of edits.sort((a, b) => b.at - a.at)) {
    const end = at + Buffer.byteLength(old);
    if (at < 0 || bytes.toString("utf8", at, end).toLowerCase() !== old.toLowerCase())
      throw notTranslated(old);
    bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(text), bytes.subarray(end)]);
  }
  return bytes.toString();
};

const TYPE = /\bipaddress\b/i;
const CUT = /\b(?:var)?char\s*\(\s*\d+\s*\)/i;
const TEXTS = /--.*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"/g;

/**
 * Translates Athena's SQL for DuckDB where macros cannot: names of functions, formats of dates.
 * @throws QueryError for a function of Athena that a local lake lacks, or would answer differently.
 */
export const translated = async (db: DuckDBConnection, sql: string): Promise<string> => {
  const [prefix] = EXPLAIN.exec(sql) ?? [""];
  const statement = sql.slice(prefix.length);
  const words = statement.replaceAll(TEXTS, " ");
  if (TYPE.test(words)) throw notTranslated("type ipaddress");
  const [cut] = CUT.exec(words) ?? [];
  if (cut)
    throw new QueryError(
      `${cut} does not shorten text on a local lake; write substr(text, 1, n), or varchar`,
    );
  const { statements } = await parsed(db, statement);
  const nodes = [...nodesIn(statements)];
  return prefix + edited(statement, nodes.flatMap(editsOf));
};
