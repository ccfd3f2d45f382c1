import { conditionsOf, type Filter } from "./filters";
import { type GroupLevel, groupSql } from "./groups";
import { BUCKET } from "./rollup-sql";
import type { Row, Span, Store } from "./store";

/** A question about the rows of a window that pass the filters. */
export interface Asked {
  store: Store;
  span: Span;
  filters: readonly Filter[];
  /** The SQL of the rows that count; absent, as each panel says. */
  counts?: string;
  /** The SQL of the rows that are out, of what counts; the others are in. */
  out?: string;
}

const ask = ({ store, span, filters }: Asked, sql: (rows: string) => string) =>
  store.ask(span, (rows) => sql(`(SELECT * FROM ${rows} WHERE ${conditionsOf(filters)}) AS rows`));

const REJECTED = "CASE WHEN action = 'REJECT' THEN flows ELSE 0 END";
const FLOW = "status = 'OK'";

/** One step of time. Without any line, the step is missing. */
export interface Step {
  began: number;
  /** Bytes that count, and those of them that are out. */
  bytes: number;
  out_bytes: number;
  accepted: number;
  rejected: number;
  lines: number;
}

/** The most steps that a chart has. */
const STEPS = 300;

/** Seconds of a step in a chart: a whole number of buckets, or of hours where only the hour of arrival is known. */
export const stepOf = ({ span: { from, to }, store: { table } }: Pick<Asked, "span" | "store">): number => {
  const least = table.columns.has("start") ? BUCKET : 3600;
  return Math.ceil((to - from) / STEPS / least) * least;
};

/** Bytes and flows over time by action, each packet counted once. Rejected flows count wherever they were rejected. */
export const series = async (asked: Asked): Promise<Step[]> => {
  const step = stepOf(asked);
  const { counts = "once", out = "TRUE" } = asked;
  const accepted = `${counts} AND coalesce(action, 'ACCEPT') = 'ACCEPT'`;
  const rows = await ask(
    asked,
    (from) => `SELECT
      began - (began - ${asked.span.from}) % ${step} AS began,
      coalesce(sum(CASE WHEN ${accepted} THEN bytes END), 0) AS bytes,
      coalesce(sum(CASE WHEN ${accepted} AND ${out} THEN bytes END), 0) AS out_bytes,
      coalesce(sum(CASE WHEN ${accepted} AND ${FLOW} THEN flows END), 0) AS accepted,
      coalesce(sum(${REJECTED}), 0) AS rejected,
      sum(flows) AS lines
    FROM ${from} GROUP BY 1 ORDER BY 1`,
  );
  return rows as unknown as Step[];
};

/** Sums over the whole window. */
export const totals = async (asked: Asked): Promise<Row> => {
  const { counts = "once", out = "TRUE" } = asked;
  const [row] = await ask(
    asked,
    (from) => `SELECT
      coalesce(sum(CASE WHEN ${counts} THEN bytes END), 0) AS bytes,
      coalesce(sum(CASE WHEN ${counts} AND ${out} THEN bytes END), 0) AS out_bytes,
      coalesce(sum(CASE WHEN ${counts} AND ${FLOW} THEN flows END), 0) AS flows,
      coalesce(sum(${REJECTED}), 0) AS rejected,
      count(DISTINCT source) AS sources,
      count(DISTINCT destination) AS destinations,
      count(DISTINCT CASE WHEN once AND source IS NOT NULL THEN source || ' ' || destination END) AS pairs,
      count(DISTINCT interface) AS interfaces,
      coalesce(sum(flows), 0) AS lines,
      coalesce(sum(CASE WHEN status = 'unparsed' THEN flows END), 0) AS unparsed,
      coalesce(sum(CASE WHEN status = 'NODATA' THEN flows END), 0) AS nodata,
      coalesce(sum(CASE WHEN status = 'SKIPDATA' THEN flows END), 0) AS skipdata,
      min(CASE WHEN ${FLOW} THEN began END) AS first_seen,
      max(CASE WHEN ${FLOW} THEN began END) AS last_seen,
      max(newest) AS newest
    FROM ${from}`,
  );
  return row;
};

/** A list of what carries most, with the sum over all, so that each has a share. */
export interface Top extends Row {
  name: string;
  bytes: number;
  flows: number;
  rejected: number;
  total: number;
}

/** Subjects that the overview ranks: the SQL of each, and which rows of a window count for it. */
const TOPS = {
  source: { key: "source", counts: "sent" },
  destination: { key: "destination", counts: "sent" },
  port: { key: "port", counts: "once" },
  protocol: { key: "protocol", counts: "once" },
  // An interface's own view: all that passed it.
  interface: { key: "interface", counts: "TRUE" },
  network: { key: "src_network", counts: "once" },
} as const;

export type TopSubject = keyof typeof TOPS;

export const top = async (asked: Asked, subject: TopSubject, limit = 10): Promise<Top[]> => {
  const { key, counts: usual } = TOPS[subject];
  const counts = asked.counts ?? usual;
  const rows = await ask(
    asked,
    (from) => `SELECT
      ${key} AS name,
      coalesce(sum(CASE WHEN ${counts} THEN bytes END), 0) AS bytes,
      coalesce(sum(CASE WHEN ${counts} THEN flows END), 0) AS flows,
      coalesce(sum(${REJECTED}), 0) AS rejected,
      coalesce(sum(sum(CASE WHEN ${counts} THEN bytes END)) OVER (), 0) AS total
    FROM ${from} WHERE ${key} IS NOT NULL GROUP BY 1 ORDER BY bytes DESC, flows DESC, 1 LIMIT ${limit}`,
  );
  return rows as unknown as Top[];
};

/** Traffic from one address or group of addresses to another. */
export interface Pair {
  source: string;
  destination: string;
  bytes: number;
  flows: number;
  rejected: number;
}

const groupsOf = (level: GroupLevel | "network"): [source: string, destination: string] =>
  level === "network"
    ? ["coalesce(src_network, 'elsewhere')", "coalesce(dst_network, 'elsewhere')"]
    : [groupSql("source", level), groupSql("destination", level)];

/** The sums of each pair of addresses: the names of their groups are found once a pair, and not once a row. */
const ofPairs = (from: string, counts: string) => `(SELECT source, destination, src_network, dst_network,
      coalesce(sum(CASE WHEN ${counts} THEN bytes END), 0) AS bytes,
      coalesce(sum(CASE WHEN ${counts} THEN flows END), 0) AS flows,
      coalesce(sum(${REJECTED}), 0) AS rejected
    FROM ${from} WHERE source IS NOT NULL AND destination IS NOT NULL
    GROUP BY source, destination, src_network, dst_network) AS pairs`;

export const pairs = async (asked: Asked, level: GroupLevel | "network", limit: number): Promise<Pair[]> => {
  const [source, destination] = groupsOf(level);
  const { counts = "sent" } = asked;
  const rows = await ask(
    asked,
    (from) => `SELECT
      ${source} AS source,
      ${destination} AS destination,
      sum(bytes) AS bytes,
      sum(flows) AS flows,
      sum(rejected) AS rejected
    FROM ${ofPairs(from, counts)}
    GROUP BY 1, 2 ORDER BY bytes DESC, 1, 2 LIMIT ${limit}`,
  );
  return rows as unknown as Pair[];
};

/** How many groups there are at each level. */
export const sizes = async (asked: Asked, levels: readonly (GroupLevel | "network")[]): Promise<number[]> => {
  const counts = levels.map((level, n) => {
    const [source, destination] = groupsOf(level);
    return `count(DISTINCT ${source}) AS s${n}, count(DISTINCT ${destination}) AS d${n}`;
  });
  const [row] = await ask(asked, (from) => `SELECT ${counts.join(", ")} FROM ${ofPairs(from, "TRUE")}`);
  return levels.map((_, n) => Math.max(Number(row[`s${n}`]), Number(row[`d${n}`])));
};
