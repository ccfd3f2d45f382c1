/** Sizes of groups that addresses are drawn by, the finest first. */
export const GROUP_LEVELS = ["host", "subnet", "range"] as const;

export type GroupLevel = (typeof GROUP_LEVELS)[number];

/** Names of the levels in sentences: prefix lengths for IPv4 and IPv6. */
export const LEVEL_NAMES: Record<GroupLevel, string> = {
  host: "address",
  subnet: "/24 or /64",
  range: "/16 or /48",
};

const V4: Record<Exclude<GroupLevel, "host">, [pattern: string, rest: string]> = {
  subnet: ["^([0-9]+[.][0-9]+[.][0-9]+)[.][0-9]+$", ".0/24"],
  range: ["^([0-9]+[.][0-9]+)[.][0-9]+[.][0-9]+$", ".0.0/16"],
};

/** Hextets that are written without zeros between, as flow logs write addresses that are not mostly zeros. */
const V6: Record<Exclude<GroupLevel, "host">, [pattern: string, rest: string]> = {
  subnet: ["^([0-9a-f]+:[0-9a-f]+:[0-9a-f]+:[0-9a-f]+):", "::/64"],
  range: ["^([0-9a-f]+:[0-9a-f]+:[0-9a-f]+):", "::/48"],
};

const part = (column: string, [pattern, rest]: [string, string]) =>
  `nullif(regexp_extract(${column}, '${pattern}', 1), '') || '${rest}'`;

/** The SQL of the group that an address is in; an address that is written in a shorter way is a group of its own. */
export const groupSql = (column: string, level: GroupLevel): string =>
  level === "host" ? column : `coalesce(${part(column, V4[level])}, ${part(column, V6[level])}, ${column})`;

/** The level of a group's name; undefined if it is an address. */
export const levelOf = (name: string): Exclude<GroupLevel, "host"> | undefined => {
  const [, bits] = /\/(\d+)$/.exec(name) ?? [];
  if (bits === "24" || bits === "64") return "subnet";
  return bits === "16" || bits === "48" ? "range" : undefined;
};
