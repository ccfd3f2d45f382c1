import { compatible } from "./compatible";
import { timeOf } from "./fragments";
import type { View, ViewColumn } from "./view";

/** A column that a view has beside the table's. */
interface Added {
  name: string;
  /** Its type in Athena. */
  type: "timestamp(3)" | "varchar" | "date";
  sql: string;
  comment: string;
  /** Columns of the table that it is made of. */
  of: string[];
}

const cases = (subject: string, names: Record<number, string>) =>
  `CASE ${subject}${Object.entries(names)
    .map(([value, name]) => ` WHEN ${value} THEN '${name}'`)
    .join("")} END`;

/** IANA protocol numbers, those that flow logs show. */
export const PROTOCOLS: Record<number, string> = {
  1: "ICMP",
  2: "IGMP",
  6: "TCP",
  17: "UDP",
  41: "IPv6",
  47: "GRE",
  50: "ESP",
  51: "AH",
  58: "ICMPv6",
  132: "SCTP",
};

/** Services by their registered port. */
export const SERVICES: Record<number, string> = {
  ...{ 20: "FTP data", 21: "FTP", 22: "SSH", 23: "Telnet", 25: "SMTP", 53: "DNS", 67: "DHCP", 80: "HTTP" },
  ...{ 110: "POP3", 123: "NTP", 143: "IMAP", 161: "SNMP", 179: "BGP", 389: "LDAP", 443: "HTTPS", 445: "SMB" },
  ...{ 465: "SMTPS", 500: "IKE", 514: "Syslog", 587: "SMTP submission", 636: "LDAPS", 853: "DNS over TLS" },
  ...{
    993: "IMAPS",
    995: "POP3S",
    1433: "SQL Server",
    1521: "Oracle",
    2049: "NFS",
    3306: "MySQL",
    3389: "RDP",
  },
  ...{ 4500: "IPsec NAT", 5432: "PostgreSQL", 5439: "Redshift", 5671: "AMQPS", 5900: "VNC", 6379: "Redis" },
  ...{
    8080: "HTTP alternate",
    8443: "HTTPS alternate",
    9092: "Kafka",
    9200: "Elasticsearch",
    11211: "Memcached",
  },
  ...{ 27017: "MongoDB" },
};

const FLAGS = { 1: "FIN", 2: "SYN", 4: "RST", 8: "PSH", 16: "ACK", 32: "URG" };

const flagNames = Object.entries(FLAGS)
  .map(([bit, name]) => `CASE WHEN bitwise_and(tcp_flags, ${bit}) <> 0 THEN '${name} ' ELSE '' END`)
  .reduce((all, flag) => `${all} || ${flag}`);

const port = (name: string) => cases(name, SERVICES);

const ADDED: Added[] = [
  {
    name: "date",
    type: "date",
    // Projection has days such as 02-30, which Trino would have to read if the cast failed on them.
    sql: "TRY_CAST(year || '-' || month || '-' || day AS date)",
    comment: "Day of arrival, UTC: of the partition",
    of: ["year", "month", "day"],
  },
  {
    name: "started",
    type: "timestamp(3)",
    sql: timeOf("start"),
    comment: "First packet of the window, UTC",
    of: ["start"],
  },
  {
    name: "ended",
    type: "timestamp(3)",
    sql: timeOf('"end"'),
    comment: "Last packet of the window, UTC",
    of: ["end"],
  },
  {
    name: "protocol_name",
    type: "varchar",
    sql: `coalesce(${cases("protocol", PROTOCOLS)}, CAST(protocol AS varchar))`,
    comment: "Name of the protocol, or its number",
    of: ["protocol"],
  },
  {
    name: "tcp_flag_names",
    type: "varchar",
    sql: `CASE WHEN tcp_flags IS NOT NULL THEN trim(${flagNames}) END`,
    comment: "Names of the TCP flags, such as SYN ACK",
    of: ["tcp_flags"],
  },
  {
    name: "service",
    type: "varchar",
    sql: `CAST(coalesce(${port("dstport")}, ${port("srcport")}) AS varchar)`,
    comment: "Service of the destination's port, or else of the source's",
    of: ["dstport", "srcport"],
  },
];

const quote = (name: string) => `"${name}"`;

/** The columns that a table with these has made for it. */
const addedTo = (columns: ViewColumn[]) =>
  ADDED.filter(({ of }) => of.every((name) => columns.some((column) => column.name === name)));

/** The columns with what people read beside them: days, times, and names of protocols, flags and services. */
const readable = (table: string, columns: ViewColumn[]): View => {
  const added = addedTo(columns);
  const select = [
    ...columns.map(({ name }) => quote(name)),
    ...added.map(({ name, sql }) => `${sql} AS ${quote(name)}`),
  ];
  return {
    name: `${table}_readable`,
    sql: `SELECT\n  ${select.join(",\n  ")}\nFROM ${table}`,
    columns: [...columns, ...added],
  };
};

/** Each row once: delivery is at least once. Only rows that are alike in everything, also the hour of arrival, are one. */
const distinct = (table: string, columns: ViewColumn[]): View => ({
  name: `${table}_distinct`,
  sql: `SELECT DISTINCT\n  ${columns.map(({ name }) => quote(name)).join(",\n  ")}\nFROM ${table}`,
  columns,
});

/** Names of the views on a table. */
export const viewNames = (table: string) => viewsOf(table, []).map(({ name }) => name);

/** The views on a table with these columns, partition columns included. Their names sort after the table's. */
export const viewsOf = (table: string, columns: ViewColumn[]): View[] => [
  distinct(table, columns),
  readable(table, columns),
  compatible(table, columns, addedTo(columns)),
];
