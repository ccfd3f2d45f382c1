import { queryOf, tableOf } from "../../queries";
import type { FlowTable } from "../../queries/flow-table";
import type { Layout } from "../../schema/layout";

/** Seconds of a bucket of time. Windows of the console begin and end with one. */
export const BUCKET = 300;

/** Epoch seconds of the hour in which a line arrived. */
const ARRIVED = "CAST(to_unixtime(date_parse(year || month || day || hour, '%Y%m%d%H')) AS bigint)";

/** The bucket of a line: by its start, or by its arrival if it has none, as a line that did not fit. */
const began = ({ has }: FlowTable) =>
  has("start") ? `coalesce(start - start % ${BUCKET}, ${ARRIVED})` : ARRIVED;

/** Columns of the rollup, with the fields that each needs; NULL in a table that lacks one. */
const COLUMNS: [name: string, fields: string[], sql: string, type: string][] = [
  ["interface", ["interface-id"], "interface_id", "varchar"],
  ["source", ["srcaddr", "dstaddr"], ":sender", "varchar"],
  ["destination", ["srcaddr", "dstaddr"], ":receiver", "varchar"],
  [
    "port",
    ["srcport", "dstport", "protocol"],
    "CASE WHEN protocol IN (6, 17) THEN least(srcport, dstport) END",
    "integer",
  ],
  ["protocol", ["protocol"], "protocol", "integer"],
  ["action", ["action"], "action", "varchar"],
  ["leaves", ["srcaddr", "dstaddr"], ":leaves", "boolean"],
];

/** Columns of names that `networks` adds. */
const NETWORKS = ["src_network", "dst_network"];

const sumOf = (field: string, { has }: FlowTable) =>
  has(field) ? `CAST(sum(${field}) AS bigint)` : "CAST(0 AS bigint)";

const selected = (table: FlowTable, columns: ReadonlySet<string>) => [
  `${began(table)} AS began`,
  ...COLUMNS.map(
    ([name, fields, sql, type]) => `${fields.every(table.has) ? sql : `CAST(NULL AS ${type})`} AS "${name}"`,
  ),
  ...NETWORKS.map((name) => `${columns.has(name) ? name : "CAST(NULL AS varchar)"} AS ${name}`),
];

const status = ({ has }: FlowTable) =>
  `CASE WHEN unparsed IS NOT NULL THEN 'unparsed' ELSE ${has("log-status") ? "log_status" : "'OK'"} END AS status`;

/** The table of a lake, for SQL that depends on the fields that it has. */
export interface LakeTable {
  name: string;
  layout: Layout;
  /** CIDR blocks that are inside, beside private ones. */
  inside: string[];
  /** Names of all columns. */
  columns: ReadonlySet<string>;
}

/**
 * The SQL that adds up the lines of some partitions: a row for each bucket, interface, pair of addresses, service port, protocol,
 * action and status. Every panel of the overview is made of these rows.
 */
export const rollupSql = ({ name, layout, inside, columns }: LakeTable, partitions: string[]): string => {
  const table = tableOf(layout, inside);
  const addresses = table.has("srcaddr") && table.has("dstaddr");
  const keys = [`year || month || day || hour AS part`, ...selected(table, columns), status(table)];
  const sql = `SELECT
  ${keys.join(",\n  ")},
  bool_or(${addresses ? ":forwards" : "FALSE"}) AS forwards,
  ${sumOf("bytes", table)} AS bytes,
  ${sumOf("packets", table)} AS packets,
  count(*) AS flows,
  ${table.has("end") ? `max("end")` : "CAST(NULL AS bigint)"} AS newest
FROM ${name}
WHERE year || month || day || hour IN (${partitions.map((part) => `'${part}'`).join(", ")})
  AND :of_interface
GROUP BY ${keys.map((_, n) => n + 1).join(", ")}`;
  return queryOf(
    "rollup",
    { title: "Rollup", question: "sums of lines", fields: "none" },
    sql,
    "traffic",
    table,
  ).text;
};

/**
 * Tells which rows count, so that each packet counts once: as sides.ts does for the saved queries, for each pair of addresses.
 * `once`: at the sender, without what gateways pass on. `sent` and `received`: of one address, a gateway's too.
 */
const RULES = {
  /** The rows of the sender's interface, or else those of the receiver's; a gateway's are others' packets. */
  direction: `
    coalesce(NOT relays AND (leaves OR NOT coalesce((source, destination) IN (SELECT source, destination FROM kept WHERE leaves AND NOT relays), FALSE)), FALSE) AS once,
    coalesce(leaves OR (NOT relays AND NOT coalesce((source, destination) IN (SELECT source, destination FROM kept WHERE leaves), FALSE)), FALSE) AS sent,
    coalesce(NOT leaves OR NOT coalesce((source, destination) IN (SELECT source, destination FROM kept WHERE NOT leaves), FALSE), FALSE) AS received`,
  /** The rows of the interface that saw most of a pair. */
  pair: `
    coalesce(interface = first_value(interface) OVER (PARTITION BY source, destination ORDER BY relays, total DESC, interface), TRUE) AS once,
    once AS sent,
    once AS received`,
  none: "TRUE AS once, TRUE AS sent, TRUE AS received",
};

export type Rule = keyof typeof RULES;

export const ruleOf = ({ layout }: LakeTable): Rule => {
  const { has } = tableOf(layout);
  if (!has("interface-id") || !has("srcaddr") || !has("dstaddr")) return "none";
  return has("flow-direction") ? "direction" : "pair";
};

/** The SQL of the rows of a window, each with the answer if it counts. */
export const windowSql = (rule: Rule, { from, to }: { from: number; to: number }): string => `WITH kept AS (
  SELECT *, coalesce(interface IN (SELECT interface FROM summed WHERE forwards AND began >= ${from} AND began < ${to}), FALSE) AS relays
    ${rule === "pair" ? ", sum(bytes) OVER (PARTITION BY interface, source, destination) AS total" : ""}
  FROM summed
  WHERE began >= ${from} AND began < ${to}
)
SELECT *, ${RULES[rule]}
FROM kept`;
