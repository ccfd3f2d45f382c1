/** Measures how well the security queries find attacks planted in synthetic traffic, and their false alarms. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { MACROS } from "../../local/athena/dialect/macros";
import { duckdbType, quoted } from "../../local/firehose/convert";
import { traffic } from "../../local/traffic";
import { ATTACK_KINDS, plant, type Truth } from "../../local/traffic/attacks";
import { isInside } from "../../local/traffic/network";
import { type SavedQuery, savedQueries, tableOf } from "../../queries";
import { type Layout, layoutFrom } from "../../schema/layout";

const DAY = 86_400;
export const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
export const TRAFFIC = { lines: 45_000, days: 3, from: Date.UTC(2026, 0, 15) / 1000 };
const LAST_DAY = { from: TRAFFIC.from + (TRAFFIC.days - 1) * DAY, to: TRAFFIC.from + TRAFFIC.days * DAY };
const LAYOUT = layoutFrom(["recommended"]);

/** Queries that only count and sort, and so have no false alarms. */
export const RANKINGS = ["rejected-by-port", "rejected-by-source", "remote-access-attempts"];
/** The query that searches for given addresses. */
export const LISTED = "listed-address";
export const DETECTIONS = savedQueries(tableOf(LAYOUT)).filter(
  ({ name, group }) => group === "security" && !RANKINGS.includes(name),
);

export const isHarmless = ({ pace }: Truth) => pace === "harmless";
/** The addresses that a list could name. */
export const outsiders = ({ source, targets }: Truth) =>
  [source, ...targets].filter((address) => !isInside({ address }));

export type Row = Record<string, unknown>;

/** Rows of a query: on ordinary traffic, with attacks in it, and with traffic that only looks like attacks. */
export interface Answers {
  clean: Row[];
  attacked: Row[];
  harmless: Row[];
}

/** The truth of one seed, and the answers of each query. */
export interface Measured {
  planted: Truth[];
  answers: Record<string, Answers>;
}

/** An empty database with Athena's functions. */
export const open = async (): Promise<DuckDBConnection> => {
  const db = await (await DuckDBInstance.create(":memory:", { threads: "2" })).connect();
  await db.run("SET TimeZone = 'UTC'");
  for (const definition of MACROS) await db.run(`CREATE MACRO ${definition}`);
  return db;
};

interface Bench {
  db: DuckDBConnection;
  folder: string;
  /** One in this many lines arrives twice. */
  again: number;
}

const PARTITIONS = { year: "%Y", month: "%m", day: "%d", hour: "%H" };

/** Makes a table of lines like a lake's, in which some arrived twice. */
export const load = async (
  { db, folder, again }: Bench,
  name: string,
  lines: Iterable<string>,
  layout: Layout = LAYOUT,
) => {
  const file = join(folder, name);
  writeFileSync(file, `${[...lines].join("\n")}\n`);
  const types = layout.fields.map(
    (f) => `${quoted(f.column)}: ${quoted(duckdbType({ ...f, name: f.column }))}`,
  );
  const hours = Object.entries(PARTITIONS).map(
    ([key, form]) => `strftime(to_timestamp("end"), '${form}') AS ${key}`,
  );
  const source = `read_csv(${quoted(file)}, delim = ' ', header = false, quote = '', nullstr = '-',
    auto_detect = false, columns = {${types.join(", ")}})`;
  await db.run(`CREATE OR REPLACE TABLE ${name} AS SELECT *, ${hours.join(", ")} FROM ${source}`);
  await db.run(`INSERT INTO ${name} SELECT * FROM ${name} WHERE rowid % ${again} = 0`);
};

const ask = async (
  db: DuckDBConnection,
  query: SavedQuery,
  values: Record<string, string>,
  tables: string[],
): Promise<Row[]> => {
  const flows = tables.map((name) => `SELECT * FROM ${name}`).join(" UNION ALL ");
  await db.run(`CREATE OR REPLACE TEMP VIEW flow_logs AS ${flows}`);
  const reader = await db.runAndReadAll(query.withValues({ ...LAST_DAY, ...values }));
  return reader.getRowObjects();
};

/** Returns the rows of all detections for one seed. */
const measureSeed = async (bench: Bench, seed: number): Promise<Measured> => {
  const options = { ...TRAFFIC, seed, layout: LAYOUT };
  const attacks = plant({ ...TRAFFIC, seed, attacks: Object.keys(ATTACK_KINDS) });
  const add = (name: string, harmless: boolean) => {
    const these = attacks.filter(({ truth }) => isHarmless(truth) === harmless);
    return load(bench, name, traffic({ ...options, lines: 0, attacks: these }));
  };
  await load(bench, "ordinary", traffic(options));
  await add("attacks", false);
  await add("lookalikes", true);
  const planted = attacks.map(({ truth }) => truth);
  const listed = planted.flatMap((truth) => (isHarmless(truth) ? [] : outsiders(truth))).join(",");
  const answers: Measured["answers"] = {};
  for (const query of DETECTIONS) {
    const values: Record<string, string> = query.name === LISTED ? { addresses: listed } : {};
    const among = (...tables: string[]) => ask(bench.db, query, values, ["ordinary", ...tables]);
    const [clean, attacked, harmless] = [await among(), await among("attacks"), await among("lookalikes")];
    answers[query.name] = { clean, attacked, harmless };
  }
  return { planted, answers };
};

/**
 * Every detection at its defaults over every seed; every `again`th line has arrived twice. The same figures each time.
 */
export const measure = async (seeds: readonly number[] = SEEDS, again = 50): Promise<Measured[]> => {
  const folder = mkdtempSync(join(tmpdir(), "detections-"));
  const db = await open();
  try {
    const measured: Measured[] = [];
    for (const seed of seeds) measured.push(await measureSeed({ db, folder, again }, seed));
    return measured;
  } finally {
    db.closeSync();
    rmSync(folder, { recursive: true });
  }
};
