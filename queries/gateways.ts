import { FIELDS } from "../schema/fields";
import { TRANSIT_FIELDS } from "../schema/transit";
import type { FlowTable } from "./flow-table";

/**
 * SQL that tells lines of network interfaces from lines of transit gateways. A packet through a transit gateway is in the lines
 * of both, so a query of interfaces that read both would count it again.
 */

const isOf = (fields: readonly { name: string }[], name: string) => fields.some((each) => each.name === name);

/** Fields of interfaces alone, and of transit gateways alone. */
const INTERFACE_FIELDS = FIELDS.filter(({ name }) => !isOf(TRANSIT_FIELDS, name));
const GATEWAY_FIELDS = TRANSIT_FIELDS.filter(({ name }) => !isOf(FIELDS, name));

/** Fields that no line of a transit gateway leaves empty. */
const ALWAYS = ["tgw-id", "tgw-attachment-id", "resource-type"];

/** The columns that only a transit gateway's lines fill; none if the table has lines of one kind alone. */
const gatewayColumns = ({ has }: FlowTable): string[] => {
  if (!INTERFACE_FIELDS.some(({ name }) => has(name))) return [];
  const there = GATEWAY_FIELDS.filter(({ name }) => has(name));
  const filled = there.filter(({ name }) => ALWAYS.includes(name));
  return (filled.length > 0 ? filled : there).map(({ column }) => column);
};

/** A clause of WHERE that stands in a line of its own. */
const CLAUSE = /^( *)AND :of_interface\n/gm;

/** The SQL with a clause for each column that tells a transit gateway's line, and without one where the table has none. */
export const withInterfacesAlone = (sql: string, table: FlowTable): string =>
  sql.replaceAll(CLAUSE, (_, indent: string) =>
    gatewayColumns(table)
      .map((column) => `${indent}AND ${column} IS NULL\n`)
      .join(""),
  );

/** A sentence on the lines that do not count, if the SQL leaves some out. */
export const gatewayWords = (sql: string, table: FlowTable): string[] =>
  sql.search(CLAUSE) >= 0 && gatewayColumns(table).length > 0
    ? ["Leaves out the lines of transit gateways, which see packets of interfaces again."]
    : [];
