import type { View, ViewColumn } from "./view";

/**
 * Names of the table's columns in published queries: those of AWS's older tables, without underscores or in full, and
 * those of Tailpipe's table aws_vpc_flow_log.
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

/** Computed columns by their names in other tables, each with the view's column and the table's columns that it needs. */
const OTHER_MADE: { name: string; as: string }[] = [
  { name: "start_time", as: "started" },
  { name: "end_time", as: "ended" },
  { name: "date", as: "date" },
];

/** A column of the readable view that the table does not have. */
interface Made extends ViewColumn {
  sql: string;
}

/**
 * Returns the columns under their own names and under the published ones. An existing column's name always means that
 * column.
 */
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
