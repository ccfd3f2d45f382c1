import type { FlowTable } from "./flow-table";
import { gatewayWords, withInterfacesAlone } from "./gateways";
import { addressesOf, blocksOf } from "./prefixes";

/**
 * SQL that selects the line of a flow to count, and the addresses that are inside. A packet between two logged interfaces
 * is in two lines, and one through a NAT gateway in four: the sender's, two of the gateway's, the receiver's.
 */

/** Private, shared, link-local and loopback addresses, IPv4 and IPv6 (RFC 1918, 6598, 3927, 4193, 4291). */
const PRIVATE =
  "10[.]|192[.]168[.]|172[.](1[6-9]|2[0-9]|3[01])[.]|100[.](6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])[.]|169[.]254[.]|127[.]|f[cd]|fe80:|::1$";

/**
 * Returns the condition that an address is private or in one of the blocks.
 * @throws Error for an invalid block.
 */
const inside = (column: string, blocks: string) => {
  const patterns = blocksOf(blocks).map((block) => `${addressesOf(block)}$`);
  return `regexp_like(${column}, '^(${[PRIVATE, ...patterns].join("|")})')`;
};

/** Returns SQL for the address of the line's interface; without a direction, for the address that is inside. */
const own = ({ has, inside: blocks }: FlowTable) => {
  const guess = `CASE WHEN ${inside("srcaddr", blocks)} THEN srcaddr WHEN ${inside("dstaddr", blocks)} THEN dstaddr END`;
  if (!has("flow-direction")) return guess;
  return `CASE flow_direction WHEN 'egress' THEN srcaddr WHEN 'ingress' THEN dstaddr ELSE ${guess} END`;
};

/** True if the line's interface sent the packets. A line without a direction counts as sent, so that none is lost. */
const leaves = ({ has, inside: blocks }: FlowTable) =>
  has("flow-direction") ? "(coalesce(flow_direction, 'egress') = 'egress')" : inside("srcaddr", blocks);

/** The bits that addresses of one VPC share: 16 of IPv4, 48 of IPv6. */
const START = "^([0-9]+[.][0-9]+[.]|[0-9a-f]+:[0-9a-f]*:[0-9a-f]*:)";

/** True if two addresses begin alike. It compares two characters first, which is cheap and decides most pairs. */
const BEGINS_ALIKE = `CASE WHEN substr(srcaddr, 1, 2) <> substr(dstaddr, 1, 2) THEN FALSE ELSE regexp_extract(srcaddr, '${START}') = regexp_extract(dstaddr, '${START}') END`;

/** True if the sender is probably an interface here: it is inside, or its address begins like the receiver's. */
const near = ({ inside: blocks }: FlowTable) =>
  `CASE WHEN ${inside("srcaddr", blocks)} THEN TRUE ELSE ${BEGINS_ALIKE} END`;

/** True if packets stay in the VPC, or go to its NAT gateway, and their destination begins like the sender's address. */
const stays = ({ has }: FlowTable) =>
  has("traffic-path") && has("pkt-dstaddr")
    ? `CASE WHEN traffic_path = 1 THEN ${BEGINS_ALIKE} ELSE FALSE END`
    : "FALSE";

/** Receiver of packets that a NAT gateway forwards. */
const beyond = (table: FlowTable) =>
  table.has("pkt-dstaddr") ? `CASE WHEN ${forwards(table)} THEN pkt_dstaddr END` : "CAST(NULL AS varchar)";

/** True if the line's interface received the packets. For a line without a direction its own address decides. */
const arrives = ({ has, inside: blocks }: FlowTable) =>
  has("flow-direction")
    ? "(coalesce(flow_direction, 'ingress') = 'ingress')"
    : `(NOT ${inside("srcaddr", blocks)} AND ${inside("dstaddr", blocks)})`;

/**
 * True if a NAT gateway received packets to forward: their final destination is outside, or `interface_type` is a NAT
 * gateway.
 */
const forwards = ({ has, inside: blocks }: FlowTable) => {
  const type = "interface_type IN ('nat_gateway', 'regional_nat_gateway')";
  const signs = [
    // CASE lets the engine match the pattern on few addresses only.
    ...(has("pkt-dstaddr") && has("dstaddr")
      ? [`CASE WHEN dstaddr <> pkt_dstaddr THEN NOT ${inside("pkt_dstaddr", blocks)} ELSE FALSE END`]
      : []),
    ...(has("interface-type") && has("srcaddr") && has("dstaddr")
      ? [`(${type} AND ${arrives({ has, inside: blocks })})`]
      : []),
  ];
  return signs.length > 0 ? `(${signs.join(" OR ")})` : "FALSE";
};

/** Returns SQL for an address, or for the packet's if that is another one inside: a pod's own, not its node's. */
const ofPod = (column: string, { has, inside: blocks }: FlowTable) =>
  has(`pkt-${column}`) && has(column)
    ? `CASE WHEN pkt_${column} <> ${column} THEN CASE WHEN ${inside(`pkt_${column}`, blocks)} THEN pkt_${column} ELSE ${column} END ELSE ${column} END`
    : column;

const sender = (table: FlowTable) => ofPod("srcaddr", table);
const receiver = (table: FlowTable) => ofPod("dstaddr", table);

/** Method by which a table's columns show the line of a flow that counts. */
type Rule = "direction" | "near" | "pair" | "none";

const ruleOf = ({ has }: FlowTable, sql: string): Rule => {
  const addresses = has("interface-id") && has("srcaddr") && has("dstaddr");
  if (!addresses) return "none";
  if (!has("flow-direction")) return "pair";
  return /:minutely\b/.test(sql) ? "near" : "direction";
};

/** Returns the columns for grouping lines, beside a query's own, by which it later selects those that count. */
const WITNESSES: Record<Rule, (table: FlowTable) => string[]> = {
  direction: (table) => ["interface_id", `${leaves(table)} AS leaves`, `${sender(table)} AS sender`],
  near: (table) => [
    "interface_id",
    `CASE WHEN ${leaves(table)} THEN TRUE ELSE NOT (${near(table)}) END AS is_first`,
  ],
  pair: (table) => ["interface_id", `${sender(table)} AS sender`, `${receiver(table)} AS receiver`],
  none: () => [],
};

/** Columns with the sender and receiver of packets. */
const SENDERS: Record<Rule, string[]> = {
  direction: ["sender"],
  near: [],
  pair: ["sender", "receiver"],
  none: [],
};

/** Ends of a flow that a query groups by under its own names. Grouping by them twice would double the cost. */
const NAMED_ENDS = { sender: /:sender AS srcaddr\b/, receiver: /:receiver AS dstaddr\b/ };

/** Returns the columns without those that the query has itself. */
const withoutNamed = (columns: string[], sql: string) => {
  const named = Object.entries(NAMED_ENDS).flatMap(([end, pattern]) => (pattern.test(sql) ? [end] : []));
  return columns.filter((column) => !named.some((end) => column === end || column.endsWith(` AS ${end}`)));
};

/**
 * Returns the subquery `marked`: the rows of `lines`, with a flag for those of NAT gateways. It collects the few gateways
 * once, because a window function by interface would sort all rows, which costs as much as the rest of a query.
 */
const MARKED = `marked AS (
  -- A NAT gateway takes packets that are for somebody outside.
  SELECT
    lines.*,
    coalesce(contains(map_keys(histogram(CASE WHEN forwards THEN interface_id END) OVER ()), interface_id), FALSE) AS relays
  FROM lines
)`;

const UNMARKED = "marked AS (SELECT * FROM lines)";

/** Returns SQL for the sum of a column over rows with a condition; NULL if there is no such row. */
const sumWhere = (condition: string, column: string) => `sum(CASE WHEN ${condition} THEN ${column} END)`;

/**
 * Returns sums that count each of a sender's packets once: in the rows of its own interface, or if it has none in those of
 * the receivers. Packets that a gateway forwards belong to their original sender.
 */
const ONCE: Record<Rule, (column: string) => string> = {
  direction: (column) =>
    `coalesce(${sumWhere("leaves AND NOT relays", column)}, ${sumWhere("NOT relays", column)})`,
  near: (column) => sumWhere("is_first AND NOT relays", column),
  pair: (column) => `max(CASE WHEN NOT relays THEN ${column} END)`,
  none: (column) => `sum(${column})`,
};

/** Returns sums in which a gateway counts as the sender of the packets that it forwards. */
const SENT: Record<Rule, (column: string) => string> = {
  ...ONCE,
  direction: (column) => `coalesce(${sumWhere("leaves", column)}, ${sumWhere("NOT relays", column)})`,
};

/** The rule in words, for readers of the SQL. */
const WORDS: Record<Rule, string> = {
  direction:
    "Counts each packet once, where it is sent (flow_direction), or where it arrives if its sender is not logged.",
  near: "Counts each packet once, where it is sent (flow_direction), or where it arrives if its sender's address is none of here.",
  pair: "Counts each packet once, by the interface that saw most of what one address sent another, since the table has no flow_direction.",
  none: "Counts every line: the table has no interface_id, srcaddr and dstaddr that would tell which are of one packet.",
};

/**
 * Returns the subquery `homes`: the rows of `seen` once for each of their addresses, with a flag for an interface's
 * own.
 */
const HOMES = `homes AS (
  SELECT seen.*, address, coalesce(bool_or(address = own) OVER (PARTITION BY address), FALSE) AS is_own
  FROM seen
  CROSS JOIN UNNEST(ARRAY[own, peer]) AS named (address)
)`;

/** Returns the subquery `homes` with the addresses to which a NAT gateway forwards packets. */
const ROUTED = `homes AS (
  SELECT
    seen.*,
    address,
    coalesce(bool_or(address = own) OVER (PARTITION BY address), FALSE) AS is_own,
    coalesce(bool_or(address = beyond) OVER (PARTITION BY address), FALSE) AS is_beyond
  FROM seen
  CROSS JOIN UNNEST(ARRAY[own, peer, beyond]) AS named (address)
)`;

/**
 * Returns the subquery `ends`: the rows of `homes`, with a flag for those of a NAT gateway that forwards packets of
 * logged hosts.
 */
const ENDS = `ends AS (
  SELECT
    homes.*,
    coalesce(bool_or(forwards AND is_own AND address <> own) OVER (PARTITION BY interface_id), FALSE) AS relays
  FROM homes
)`;

/** Returns a sentence on the addresses that count as inside, if the SQL distinguishes them. */
export const insideWords = (sql: string, { has, inside: blocks }: FlowTable): string | undefined => {
  if (!/:(outside\b|internal\()/.test(sql)) return undefined;
  const named = [
    ...(has("flow-direction") ? ["the addresses of logged interfaces"] : []),
    "private addresses",
    ...blocksOf(blocks),
  ];
  return `Inside are ${named.join(", ")}.`;
};

/** Returns the numbers of the first columns, for GROUP BY. */
const ordinals = (count: number) => Array.from({ length: count }, (_, n) => n + 1).join(", ");

/** Returns the condition that a port is in a parameter's list. */
const among = (column: string, parameter: string) =>
  `strpos(',' || replace(:${parameter}, ' ', '') || ',', ',' || CAST(${column} AS varchar) || ',') > 0`;

/** Returns an optional column; NULL if the table lacks it. */
const known = (column: string, { has }: FlowTable) =>
  has(column.replaceAll("_", "-")) ? column : "CAST(NULL AS varchar)";

/** Replaces the names of fragments that depend on the table by their SQL. */
export const withSides = (sql: string, table: FlowTable): string => {
  const rule = ruleOf(table, sql);
  const witnesses = withoutNamed(WITNESSES[rule](table), sql);
  const senders = withoutNamed(SENDERS[rule], sql);
  const rows = (columns: string[]) => columns.map((column) => `    ${column},\n`).join("");
  return withInterfacesAlone(sql, table)
    .replaceAll(/^ *:(line|minutely)\n/gm, rows(witnesses))
    .replaceAll(/^ *:senders\n/gm, rows(senders))
    .replaceAll(/:keys\((\d+)\)/g, (_, own: string) => ordinals(witnesses.length + Number(own)))
    .replaceAll(/:parties\((\d+)\)/g, (_, own: string) => ordinals(senders.length + Number(own)))
    .replaceAll(/:marked\b/g, rule === "none" ? UNMARKED : MARKED)
    .replaceAll(/:once\((\w+)\)/g, (_, column: string) => ONCE[rule](column))
    .replaceAll(/:sent\((\w+)\)/g, (_, column: string) => SENT[rule](column))
    .replaceAll(/:homes\b/g, HOMES)
    .replaceAll(/:routed\b/g, ROUTED)
    .replaceAll(/:stays\b/g, stays(table))
    .replaceAll(/:beyond\b/g, beyond(table))
    .replaceAll(/:ends\b/g, ENDS)
    .replaceAll(/:outside\b/g, `address <> own AND NOT is_own AND NOT ${inside("address", table.inside)}`)
    .replaceAll(/:forwards\b/g, forwards(table))
    .replaceAll(/:leaves\b/g, leaves(table))
    .replaceAll(/:arrives\b/g, arrives(table))
    .replaceAll(/:sender\b/g, sender(table))
    .replaceAll(/:receiver\b/g, receiver(table))
    .replaceAll(/:own\b/g, own(table))
    .replaceAll(/:among\((\w+), (\w+)\)/g, (_, column: string, parameter: string) => among(column, parameter))
    .replaceAll(/:known\((\w+)\)/g, (_, column: string) => known(column, table))
    .replaceAll(/:internal\((\w+)\)/g, (_, column: string) => inside(column, table.inside));
};

/** Returns a sentence for each rule that the SQL follows. */
export const wordsOf = (sql: string, table: FlowTable): string[] => [
  ...(/:marked\b/.test(sql) ? [WORDS[ruleOf(table, sql)]] : []),
  ...gatewayWords(sql, table),
  ...[insideWords(sql, table)].filter((words) => words !== undefined),
];
