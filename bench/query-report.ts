import { toTable } from "../cli/output/table";

/** Cost of a query in one form of the lines. */
export interface Cost {
  bytes: number;
  seconds: number;
}

export interface Row {
  query: string;
  columns: number;
  parquet: Cost;
  /** Bytes that it reads of the lake for the last hour alone. */
  lastHour: number;
  text?: Cost;
  json?: Cost;
}

/** Bytes of all lines in each form. */
export type Sizes = Record<"text" | "json" | "parquet", number>;

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(2);

/** Prints the ratios of bytes read in the other forms, then the times. */
export const report = (rows: Row[], sizes: Sizes): string => {
  const times = (whole: number, part: number) => (part > 0 ? (whole / part).toFixed(1) : "");
  const cells = rows.map(({ query, columns, parquet, lastHour, text, json }) => [
    query,
    columns,
    megabytes(parquet.bytes),
    times(sizes.text, parquet.bytes),
    times(sizes.json, parquet.bytes),
    megabytes(lastHour),
    times(sizes.text, lastHour),
    parquet.seconds.toFixed(3),
    text?.seconds.toFixed(3) ?? "",
    json?.seconds.toFixed(3) ?? "",
  ]);
  const heads = [
    "query",
    "columns",
    "MB",
    "text/MB",
    "JSON/MB",
    "1 h MB",
    "text/1 h",
    "s",
    "text s",
    "JSON s",
  ];
  const types = heads.map((head) => (head === "query" ? "VARCHAR" : "DOUBLE"));
  const whole = Object.entries(sizes).map(([form, bytes]) => `${form} ${megabytes(bytes)} MB`);
  return `${whole.join(", ")}\n\n${toTable({ columns: heads, types, rows: cells })}`;
};
