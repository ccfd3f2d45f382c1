import type { View, ViewColumn } from "./view";

/**
 * The names that published queries have for the table's columns: those of AWS's older tables, which are written without
 * underscores or in full, and those of Tailpipe's table aws_vpc_flow_log.
 */
const OTHER_NAMES: Record<string, string[]> = {
  account_id: ["account"],
  srcaddr: ["sourceaddress", "src_addr"],
  dstaddr: ["destinationaddress", "dst_addr"],
  srcport: ["sourceport", "src_port"],
  dstport: ["destinationport", "dst_port"],
  packets: ["numpackets"],
  bytes: ["numbytes"],
  start: ["starttime"],
  end: ["endtime"],
  pkt_srcaddr: ["pkt_src_addr"],
  pkt_dstaddr: ["pkt_dst_addr"],
};

/** Columns that are made, by the names of others: the views' columns that they are, and the table's columns that those need. */
const OTHER_MADE: { name: string; as: string }[] = [
  { name: "start_time", as: "started" },
  { name: "end_time", as: "ended" },
  { name: "date", as: "date" },
];

/** A column that the readable view has beside the table's. */
interface Made extends ViewColumn {
  sql: string;
}

/** The columns under their own names and under those of others; a name that a column has already stays that column's. */
export const compatible = (table: string, columns: ViewColumn[], made: Made[]): View => {
  const taken = new Set(columns.map(({ name }) => name));
  const aliases = columns.flatMap((column) =>
    [...(OTHER_NAMES[column.name] ?? []), column.name.replaceAll("_", "")].flatMap((name) => {
      if (taken.has(name)) return [];
      taken.add(name);
      return { ...column, name, sql: `"${column.name}"`, comment: `As ${column.name}` };
    }),
  );
  const times = OTHER_MADE.flatMap(({ name, as }) => {
    const found = made.find((each) => each.name === as);
    return found ? [{ ...found, name }] : [];
  });
  const added = [...aliases, ...times];
  const select = [
    ...columns.map(({ name }) => `"${name}"`),
    ...added.map(({ name, sql }) => `${sql} AS "${name}"`),
  ];
  return {
    name: `${table}_compat`,
    sql: `SELECT\n  ${select.join(",\n  ")}\nFROM ${table}`,
    columns: [...columns, ...added.map(({ name, type, comment }) => ({ name, type, comment }))],
  };
};
