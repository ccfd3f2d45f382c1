import type { ColumnInfo, Row } from "@aws-sdk/client-athena";
import type { Answer } from "../local/athena";
import type { AthenaApi } from "./athena-client";

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

/** Names that are all different, as an object's keys have to be. */
const distinct = (names: string[]) =>
  names.map((name, i) => {
    const before = names.slice(0, i).filter((other) => other === name).length;
    return before === 0 ? name : `${name}:${before}`;
  });

const textsOf = ({ Data = [] }: Row) => Data.map(({ VarCharValue }) => VarCharValue);

/** All pages of a query's results. The first row of a SELECT's repeats the columns' names and is no result. */
export const resultsOf = async (api: AthenaApi, id: string): Promise<Answer> => {
  const first = await api.page(id);
  const info = first.set.ResultSetMetadata?.ColumnInfo ?? [];
  const names = info.map(({ Name }) => Name ?? "");
  const types = info.map(typeOf);
  const rows: unknown[][] = [];
  const add = (page: Row[]) => {
    for (const row of page) {
      const texts = textsOf(row);
      rows.push(types.map((type, i) => typed(texts[i], type)));
    }
  };
  const [head, ...rest] = first.set.Rows ?? [];
  const hasHeader = head !== undefined && textsOf(head).join("\0") === names.join("\0");
  add(hasHeader || head === undefined ? rest : [head, ...rest]);
  for (let { next } = first; next !== undefined; ) {
    const page = await api.page(id, next);
    add(page.set.Rows ?? []);
    next = page.next;
  }
  return { columns: distinct(names), types, rows };
};
