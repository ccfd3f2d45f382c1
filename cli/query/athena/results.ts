import type { ColumnInfo, Row } from "@aws-sdk/client-athena";
import { type AnswerStream, distinct } from "../../../local/athena/answer";
import type { AthenaApi } from "./client";

/** Athena's types as DuckDB's, those that go by another name. */
const TYPES: Record<string, string> = {
  "timestamp with time zone": "TIMESTAMP WITH TIME ZONE",
  float: "DOUBLE",
  real: "DOUBLE",
  char: "VARCHAR",
  string: "VARCHAR",
};

const SAME = [
  "boolean",
  "tinyint",
  "smallint",
  "integer",
  "bigint",
  "double",
  "varchar",
  "date",
  "timestamp",
];

const typeOf = ({ Type = "varchar", Precision, Scale }: ColumnInfo): string => {
  if (Type === "decimal") return `DECIMAL(${Precision}, ${Scale})`;
  return TYPES[Type] ?? (SAME.includes(Type) ? Type.toUpperCase() : "VARCHAR");
};

/** A value as DuckDB would give it; what it has no type for stays text. */
const typed = (text: string | undefined, type: string): unknown => {
  if (text === undefined) return null;
  if (type === "BOOLEAN") return text === "true";
  if (type === "DOUBLE") return Number(text);
  return type.endsWith("INT") || type === "INTEGER" ? BigInt(text) : text;
};

const textsOf = ({ Data = [] }: Row) => Data.map(({ VarCharValue }) => VarCharValue);

type Page = Awaited<ReturnType<AthenaApi["page"]>>;

/** The rows of a query's pages. The first row of a SELECT's repeats the columns' names and is no result. */
async function* batchesOf(api: AthenaApi, id: string, first: Page, names: string[], types: string[]) {
  const valuesOf = (row: Row) => {
    const texts = textsOf(row);
    return types.map((type, i) => typed(texts[i], type));
  };
  const [head, ...rest] = first.set.Rows ?? [];
  const hasHeader = head !== undefined && textsOf(head).join("\0") === names.join("\0");
  yield (hasHeader || head === undefined ? rest : [head, ...rest]).map(valuesOf);
  for (let { next } = first; next !== undefined; ) {
    const page = await api.page(id, next);
    yield (page.set.Rows ?? []).map(valuesOf);
    next = page.next;
  }
}

/** A query's results, a page at a time: the first is there, each other is asked for when it is read. */
export const resultsOf = async (api: AthenaApi, id: string): Promise<AnswerStream> => {
  const first = await api.page(id);
  const info = first.set.ResultSetMetadata?.ColumnInfo ?? [];
  const names = info.map(({ Name }) => Name ?? "");
  const types = info.map(typeOf);
  return { columns: distinct(names), types, batches: batchesOf(api, id, first, names, types) };
};
