import { FIELDS } from "../schema/fields";
import { TRANSIT_FIELDS } from "../schema/transit";
import type { FlowTable } from "./flow-table";

/**
 * SQL that separates lines of network interfaces from lines of transit gateways. A packet through a transit gateway is in
 * both, so a query of interfaces that read both would count it twice.
 */

const isOf = (fields: readonly { name: string }[], name: string) => fields.some((each) => each.name === name);

/** Fields that only interfaces have, and fields that only transit gateways have. */
const INTERFACE_FIELDS = FIELDS.filter(({ name }) => !isOf(TRANSIT_FIELDS, name));
const GATEWAY_FIELDS = TRANSIT_FIELDS.filter(({ name }) => !isOf(FIELDS, name));

/** Fields with a value in every line of a transit gateway. */
const ALWAYS = ["tgw-id", "tgw-attachment-id", "resource-type"];

/** Returns the columns that only lines of transit gateways fill; none if the table has one kind of lines only. */
const gatewayColumns = ({ has }: FlowTable): string[] => {
  if (!INTERFACE_FIELDS.some(({ name }) => has(name))) return [];
  const there = GATEWAY_FIELDS.filter(({ name }) => has(name));
  const filled = there.filter(({ name }) => ALWAYS.includes(name));
  return (filled.length > 0 ? filled : there).map(({ column }) => column);
};

/** Matches a WHERE clause on a line of its own. */
const CLAUSE = /^( *)AND :of_interface\n/gm;

/**
 * Returns the SQL with a condition on each column that identifies a transit gateway's line, if the table has such
 * columns.
 */
export const withInterfacesAlone = (sql: string, table: FlowTable): string =>
  sql.replaceAll(CLAUSE, (_, indent: string) =>
    gatewayColumns(table)
      .map((column) => `${indent}AND ${column} IS NULL\n`)
      .join(""),
  );

/** Returns a sentence on the excluded lines, if the SQL excludes some. */
export const gatewayWords = (sql: string, table: FlowTable): string[] =>
  sql.search(CLAUSE) >= 0 && gatewayColumns(table).length > 0
    ? ["Leaves out the lines of transit gateways, which see packets of interfaces again."]
    : [];
