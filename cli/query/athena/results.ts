import type { ColumnInfo, Row } from "@aws-sdk/client-athena";
import { type AnswerStream, distinct } from "../../../local/athena/answer";
import type { AthenaApi } from "./client";

/** DuckDB's names of Athena's types, where they differ. */
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

/** Converts a value to DuckDB's JavaScript type. Values of other types stay text. */
const typed = (text: string | undefined, type: string): unknown => {
  if (text === undefined) return null;
  if (type === "BOOLEAN") return text === "true";
  if (type === "DOUBLE") return Number(text);
  return type.endsWith("INT") || type === "INTEGER" ? BigInt(text) : text;
};

const textsOf = ({ Data = [] }: Row) => Data.map(({ VarCharValue }) => VarCharValue);

type Page = Awaited<ReturnType<AthenaApi["page"]>>;

/** Returns a page's rows. It skips the first row of a SELECT's first page, which repeats the column names. */
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

/** Streams a query's results by page. It fetches each page after the first when the reader needs it. */
export const resultsOf = async (api: AthenaApi, id: string): Promise<AnswerStream> => {
  const first = await api.page(id);
  const info = first.set.ResultSetMetadata?.ColumnInfo ?? [];
  const names = info.map(({ Name }) => Name ?? "");
  const types = info.map(typeOf);
  return { columns: distinct(names), types, batches: batchesOf(api, id, first, names, types) };
};
