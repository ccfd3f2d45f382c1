import type { FlowTable } from "./flow-table";
import { gatewayWords, withInterfacesAlone } from "./gateways";
import { addressesOf, blocksOf } from "./prefixes";

/**
 * SQL that tells which line of a flow counts, and which addresses are inside. A packet between two logged interfaces is in
 * two lines, and one through a NAT gateway in four: the sender's, two of the gateway's, the receiver's.
 */

/** Private, shared, link-local and loopback addresses, IPv4 and IPv6 (RFC 1918, 6598, 3927, 4193, 4291). */
const PRIVATE =
  "10[.]|192[.]168[.]|172[.](1[6-9]|2[0-9]|3[01])[.]|100[.](6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])[.]|169[.]254[.]|127[.]|f[cd]|fe80:|::1$";

/**
 * True if the address is private or in a block that is inside.
 * @throws Error if one of the blocks is none.
 */
const inside = (column: string, blocks: string) => {
  const patterns = blocksOf(blocks).map((block) => `${addressesOf(block)}$`);
  return `regexp_like(${column}, '^(${[PRIVATE, ...patterns].join("|")})')`;
};

/** The address of the line's interface. Without a direction, the address that is inside. */
const own = ({ has, inside: blocks }: FlowTable) => {
  const guess = `CASE WHEN ${inside("srcaddr", blocks)} THEN srcaddr WHEN ${inside("dstaddr", blocks)} THEN dstaddr END`;
  if (!has("flow-direction")) return guess;
  return `CASE flow_direction WHEN 'egress' THEN srcaddr WHEN 'ingress' THEN dstaddr ELSE ${guess} END`;
};

/** True if the line's interface sent the packets. A line without a direction counts as sent, so that none is left out. */
const leaves = ({ has, inside: blocks }: FlowTable) =>
  has("flow-direction") ? "(coalesce(flow_direction, 'egress') = 'egress')" : inside("srcaddr", blocks);

/** The bits that addresses of one VPC share: 16 of IPv4, 48 of IPv6. */
const START = "^([0-9]+[.][0-9]+[.]|[0-9a-f]+:[0-9a-f]*:[0-9a-f]*:)";

/** Compares two characters first: most pairs of addresses differ in those, and few are left for the pattern. */
const BEGINS_ALIKE = `CASE WHEN substr(srcaddr, 1, 2) <> substr(dstaddr, 1, 2) THEN FALSE ELSE regexp_extract(srcaddr, '${START}') = regexp_extract(dstaddr, '${START}') END`;

/** True if the sender is another interface here, as far as one line tells: it is inside, or its address begins as the receiver's. */
const near = ({ inside: blocks }: FlowTable) =>
  `CASE WHEN ${inside("srcaddr", blocks)} THEN TRUE ELSE ${BEGINS_ALIKE} END`;

/** True if packets stay in the VPC, or go to its NAT gateway, and are for an address that begins as the sender's. */
const stays = ({ has }: FlowTable) =>
  has("traffic-path") && has("pkt-dstaddr")
    ? `CASE WHEN traffic_path = 1 THEN ${BEGINS_ALIKE} ELSE FALSE END`
    : "FALSE";

/** For whom the packets are that a NAT gateway passes on. */
const beyond = (table: FlowTable) =>
  table.has("pkt-dstaddr") ? `CASE WHEN ${forwards(table)} THEN pkt_dstaddr END` : "CAST(NULL AS varchar)";

/** True if the line's interface received the packets. Of a line without a direction, its own address tells. */
const arrives = ({ has, inside: blocks }: FlowTable) =>
  has("flow-direction")
    ? "(coalesce(flow_direction, 'ingress') = 'ingress')"
    : `(NOT ${inside("srcaddr", blocks)} AND ${inside("dstaddr", blocks)})`;

/** True if a NAT gateway received packets that it passes on: they are for somebody outside, or it says that it is one. */
const forwards = ({ has, inside: blocks }: FlowTable) => {
  const type = "interface_type IN ('nat_gateway', 'regional_nat_gateway')";
  const signs = [
    // CASE, so that an engine looks at few addresses with the pattern.
    ...(has("pkt-dstaddr") && has("dstaddr")
      ? [`CASE WHEN dstaddr <> pkt_dstaddr THEN NOT ${inside("pkt_dstaddr", blocks)} ELSE FALSE END`]
      : []),
    ...(has("interface-type") && has("srcaddr") && has("dstaddr")
      ? [`(${type} AND ${arrives({ has, inside: blocks })})`]
      : []),
  ];
  return signs.length > 0 ? `(${signs.join(" OR ")})` : "FALSE";
};

/** An address, or that of the packet if it is another one inside: of a pod, its own, and not that of its node. */
const ofPod = (column: string, { has, inside: blocks }: FlowTable) =>
  has(`pkt-${column}`) && has(column)
    ? `CASE WHEN pkt_${column} <> ${column} THEN CASE WHEN ${inside(`pkt_${column}`, blocks)} THEN pkt_${column} ELSE ${column} END ELSE ${column} END`
    : column;

const sender = (table: FlowTable) => ofPod("srcaddr", table);
const receiver = (table: FlowTable) => ofPod("dstaddr", table);

/** How a table tells which line of a flow counts. */
type Rule = "direction" | "near" | "pair" | "none";

const ruleOf = ({ has }: FlowTable, sql: string): Rule => {
  const addresses = has("interface-id") && has("srcaddr") && has("dstaddr");
  if (!addresses) return "none";
  if (!has("flow-direction")) return "pair";
  return /:minutely\b/.test(sql) ? "near" : "direction";
};

/** Columns that lines are grouped by, beside a query's own, to tell afterwards which of them count. */
const WITNESSES: Record<Rule, (table: FlowTable) => string[]> = {
  direction: (table) => ["interface_id", `${leaves(table)} AS leaves`, `${sender(table)} AS sender`],
  near: (table) => [
    "interface_id",
    `CASE WHEN ${leaves(table)} THEN TRUE ELSE NOT (${near(table)}) END AS is_first`,
  ],
  pair: (table) => ["interface_id", `${sender(table)} AS sender`, `${receiver(table)} AS receiver`],
  none: () => [],
};

/** Columns that say whose packets they are. */
const SENDERS: Record<Rule, string[]> = {
  direction: ["sender"],
  near: [],
  pair: ["sender", "receiver"],
  none: [],
};

/** Ends of a flow that a query groups by itself, under a name of its own: grouping by them twice would cost as much again. */
const NAMED_ENDS = { sender: /:sender AS srcaddr\b/, receiver: /:receiver AS dstaddr\b/ };

/** The columns without those that the query has itself. */
const withoutNamed = (columns: string[], sql: string) => {
  const named = Object.entries(NAMED_ENDS).flatMap(([end, pattern]) => (pattern.test(sql) ? [end] : []));
  return columns.filter((column) => !named.some((end) => column === end || column.endsWith(` AS ${end}`)));
};

/**
 * `marked`: the rows of `lines`, and if they are a NAT gateway's. The few gateways are gathered once: a window for each interface
 * would sort all rows, which costs as much as the rest of a query.
 */
const MARKED = `marked AS (
  -- A NAT gateway takes packets that are for somebody outside.
  SELECT
    lines.*,
    coalesce(contains(map_keys(histogram(CASE WHEN forwards THEN interface_id END) OVER ()), interface_id), FALSE) AS relays
  FROM lines
)`;

const UNMARKED = "marked AS (SELECT * FROM lines)";

/** The sum of a column over the rows where a condition holds; NULL if it holds nowhere. */
const sumWhere = (condition: string, column: string) => `sum(CASE WHEN ${condition} THEN ${column} END)`;

/**
 * Conditions for the rows of a sender that count, so that each packet counts once: the rows of its own interface, or else
 * those of the receivers. Packets that a gateway passes on are others'.
 */
const ONCE: Record<Rule, (column: string) => string> = {
  direction: (column) =>
    `coalesce(${sumWhere("leaves AND NOT relays", column)}, ${sumWhere("NOT relays", column)})`,
  near: (column) => sumWhere("is_first AND NOT relays", column),
  pair: (column) => `max(CASE WHEN NOT relays THEN ${column} END)`,
  none: (column) => `sum(${column})`,
};

/** The same, where a gateway counts as the sender of what it passes on. */
const SENT: Record<Rule, (column: string) => string> = {
  ...ONCE,
  direction: (column) => `coalesce(${sumWhere("leaves", column)}, ${sumWhere("NOT relays", column)})`,
};

/** The rule in words, for whoever reads the SQL. */
const WORDS: Record<Rule, string> = {
  direction:
    "Counts each packet once, where it is sent (flow_direction), or where it arrives if its sender is not logged.",
  near: "Counts each packet once, where it is sent (flow_direction), or where it arrives if its sender's address is none of here.",
  pair: "Counts each packet once, by the interface that saw most of what one address sent another, since the table has no flow_direction.",
  none: "Counts every line: the table has no interface_id, srcaddr and dstaddr that would tell which are of one packet.",
};

/** `homes`: the rows of `seen` once for each address that they name, and if that is an interface's own. */
const HOMES = `homes AS (
  SELECT seen.*, address, coalesce(bool_or(address = own) OVER (PARTITION BY address), FALSE) AS is_own
  FROM seen
  CROSS JOIN UNNEST(ARRAY[own, peer]) AS named (address)
)`;

/** The same with the addresses that a NAT gateway passes packets on to. */
const ROUTED = `homes AS (
  SELECT
    seen.*,
    address,
    coalesce(bool_or(address = own) OVER (PARTITION BY address), FALSE) AS is_own,
    coalesce(bool_or(address = beyond) OVER (PARTITION BY address), FALSE) AS is_beyond
  FROM seen
  CROSS JOIN UNNEST(ARRAY[own, peer, beyond]) AS named (address)
)`;

/** `ends`: the rows of `homes`, and if they are a NAT gateway's that passes on what logged hosts send. */
const ENDS = `ends AS (
  SELECT
    homes.*,
    coalesce(bool_or(forwards AND is_own AND address <> own) OVER (PARTITION BY interface_id), FALSE) AS relays
  FROM homes
)`;

/** Says which addresses are inside, if the SQL tells them from others. */
export const insideWords = (sql: string, { has, inside: blocks }: FlowTable): string | undefined => {
  if (!/:(outside\b|internal\()/.test(sql)) return undefined;
  const named = [
    ...(has("flow-direction") ? ["the addresses of logged interfaces"] : []),
    "private addresses",
    ...blocksOf(blocks),
  ];
  return `Inside are ${named.join(", ")}.`;
};

/** Numbers a GROUP BY's first columns. */
const ordinals = (count: number) => Array.from({ length: count }, (_, n) => n + 1).join(", ");

/** True of a port that is in a parameter's list. */
const among = (column: string, parameter: string) =>
  `strpos(',' || replace(:${parameter}, ' ', '') || ',', ',' || CAST(${column} AS varchar) || ',') > 0`;

/** A column that tells more, where the table has it. */
const known = (column: string, { has }: FlowTable) =>
  has(column.replaceAll("_", "-")) ? column : "CAST(NULL AS varchar)";

/** The SQL with each piece that depends on the table in place of its name. */
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

/** The rules that the SQL follows, a sentence each. */
export const wordsOf = (sql: string, table: FlowTable): string[] => [
  ...(/:marked\b/.test(sql) ? [WORDS[ruleOf(table, sql)]] : []),
  ...gatewayWords(sql, table),
  ...[insideWords(sql, table)].filter((words) => words !== undefined),
];
