import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { Progress } from "../cli/output/progress";
import { partitionsOf } from "../cli/query/files";
import { scansOf, sizeOf } from "../cli/query/scan";
import type { Window } from "../cli/query/window";
import { wholeNumber } from "../cli/usage";
import { LocalAthena } from "../local/athena";
import { missingFields, type SavedQuery, savedQueries, tableOf } from "../queries";
import { layoutFrom, layoutOfColumns } from "../schema/layout";
import { jsonSource, openForm, textSource } from "./query-forms";
import { bytesOf, type Forms, filesIn, formsIn, writeJson, writeLake, writeText } from "./query-lines";
import { type Cost, type Row, report, type Sizes } from "./query-report";

interface Options {
  lines: number;
  days: number;
  rounds: number;
  beside: string[];
  dir?: string;
  json?: boolean;
}

const LAYOUT = layoutFrom(["recommended"]);

/** Returns the median time of some runs, in seconds. */
const timed = async (rounds: number, work: () => Promise<unknown>): Promise<number> => {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await work();
    times.push((performance.now() - began) / 1000);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)];
};

const prepare = async (forms: Forms, { lines, days }: Options, progress: Progress) => {
  if (existsSync(join(forms.lake, "table.json"))) return;
  progress.say(`writing ${lines.toLocaleString("en")} lines as text`);
  await writeText(forms.text, lines, days, LAYOUT);
  progress.say("writing the same as JSON");
  await writeJson(forms.json, filesIn(forms.text));
  progress.say("running the stack on them");
  await writeLake(forms.lake, filesIn(forms.text));
};

/** A window without the first and the last moment, so that no reader can skip `start` by its statistics. */
const windowOf = async (athena: LocalAthena) => {
  const { rows } = await athena.ask(`SELECT min(start), max(start) FROM ${athena.table.name}`);
  const [from, to] = rows[0].map(Number);
  return { from: from + 1, to };
};

/** Measures the bytes read (by the plan and the footers) and the time of each query whose fields the lake has. */
const askLake = async (athena: LocalAthena, lake: string, rounds: number, progress: Progress) => {
  const partitions = partitionsOf(lake, athena.table);
  const layout = layoutOfColumns(athena.table.columns.map(({ name }) => name));
  const window = await windowOf(athena);
  const rows: Row[] = [];
  for (const query of savedQueries(tableOf(layout)).filter((q) => missingFields(q, layout).length === 0)) {
    progress.show(query.name);
    const read = async (from: number) => {
      const sql = query.withValues({ ...window, from });
      const scans = await scansOf(athena, partitions, sql);
      const { columnBytes, footerBytes } = await sizeOf(scans);
      return {
        sql,
        columns: new Set(scans.flatMap((scan) => scan.columns)).size,
        bytes: columnBytes + footerBytes,
      };
    };
    const { sql, columns, bytes } = await read(window.from);
    const lastHour = (await read(window.to - 3600)).bytes;
    const seconds = await timed(rounds, () => athena.ask(sql));
    rows.push({ query: query.name, columns, parquet: { bytes, seconds }, lastHour });
  }
  return { rows, window };
};

/** Measures some queries on the same lines in another form, where each query reads all bytes. */
const askForm = async (source: string, window: Window, bytes: number, queries: SavedQuery[]) => {
  const db = await openForm(source, LAYOUT);
  const costs = new Map<string, Cost>();
  for (const query of queries) {
    const sql = query.withValues({ ...window });
    // Counts the bytes once for each time that the query names the table.
    const reads = sql.match(/\bFROM flow_logs\b/g)?.length ?? 1;
    const seconds = await timed(1, () => db.runAndReadAll(sql));
    costs.set(query.name, { bytes: bytes * reads, seconds });
  }
  db.closeSync();
  return costs;
};

const bench = async (options: Options) => {
  const progress = new Progress();
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), "bench-query-"));
  const forms = formsIn(dir);
  try {
    await prepare(forms, options, progress);
    const [text, json, parquet] = [forms.text, forms.json, join(forms.lake, "flow-logs")].map(filesIn);
    const sizes: Sizes = { text: bytesOf(text), json: bytesOf(json), parquet: bytesOf(parquet) };
    const athena = await LocalAthena.open(forms.lake);
    const { rows, window } = await askLake(athena, forms.lake, options.rounds, progress);
    athena.close();
    const beside = savedQueries(tableOf(LAYOUT)).filter(({ name }) => options.beside.includes(name));
    progress.say(`reading text and JSON for ${beside.map(({ name }) => name).join(", ")}`);
    const ofText = await askForm(textSource(text, LAYOUT), window, sizes.text, beside);
    const ofJson = await askForm(jsonSource(json, LAYOUT), window, sizes.json, beside);
    for (const row of rows) Object.assign(row, { text: ofText.get(row.query), json: ofJson.get(row.query) });
    const machine = { node: process.version, cpus: cpus().length };
    const all = { machine, lines: options.lines, days: options.days, sizes, rows };
    process.stdout.write(options.json ? `${JSON.stringify(all, null, 2)}\n` : report(rows, sizes));
  } finally {
    progress.clear();
    if (options.dir === undefined) rmSync(dir, { recursive: true, force: true });
  }
};

const names = (text: string) => text.split(",");

const program = new Command("bench:query")
  .description(
    "measure the saved queries: bytes and seconds, beside the same lines as gzip text and gzip JSON",
  )
  .option("--lines <n>", "how many lines", wholeNumber(1), 6_000_000)
  .option("--days <n>", "days that they span", wholeNumber(1, 366), 1)
  .option("--rounds <n>", "rounds of each query, of which the median counts", wholeNumber(1), 3)
  .option("--beside <names>", "queries to ask of text and JSON as well, with commas between", names, [
    "traffic-by-protocol",
    "rejected-by-port",
    "top-talkers",
  ])
  .option("--dir <folder>", "where the lines are, or are to stay (default: a temporary folder)")
  .option("--json", "print one object with every figure")
  .action(bench);

program.parseAsync().catch((error) => {
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode = 1;
});
