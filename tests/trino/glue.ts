import type { Moto } from "./moto";

/** A table or view in the form in which the AWS provider passes it to Glue. */
export interface Table {
  name: string;
  tableType: string;
  description?: string;
  owner?: string;
  parameters: Record<string, string>;
  storageDescriptor: { columns: Column[]; location?: string; serDeInfo?: object };
  partitionKeys: Column[];
}

interface Column {
  name: string;
  /** As Hive names it. */
  type: string;
  comment?: string;
}

/** Inputs of a resource under the names of Glue's API. The parameters of a table have names of their own. */
const asInput = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asInput);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    key === "serDeInfo" ? "SerdeInfo" : key[0].toUpperCase() + key.slice(1),
    key === "parameters" ? inner : asInput(inner),
  ]);
  return Object.fromEntries(entries);
};

export const createDatabase = (moto: Moto, database: object) =>
  moto.glue("CreateDatabase", { DatabaseInput: asInput(database) });

export const createTable = (moto: Moto, database: string, table: Table) =>
  moto.glue("CreateTable", { DatabaseName: database, TableInput: asInput(table) });

/** Parameters of a projection of dates that a projection of numbers does not have. */
const OF_DATES = ["projection.year.format", "projection.year.interval.unit"];

/**
 * The table with years projected as numbers. Trino knows dates by days, hours, minutes and seconds, but not by years, as
 * Athena does. This is the only change of the declared catalog for Trino.
 */
export const withNumbersForYears = (table: Table): Table => {
  const { "projection.year.type": type, "projection.year.range": range } = table.parameters;
  if (type !== "date") return table;
  const kept = Object.entries(table.parameters).filter(([name]) => !OF_DATES.includes(name));
  const years = {
    "projection.year.type": "integer",
    "projection.year.range": range.replace("NOW", String(new Date().getUTCFullYear())),
  };
  return { ...table, parameters: { ...Object.fromEntries(kept), ...years } };
};
