import { LocalAthena } from "../../local/athena";
import { detect as detectIn, schedulesOf } from "../../local/detections";
import { Formats } from "../../local/formats";
import type { Found } from "../../local/lake/findings";
import type { Program } from "../../local/program";
import { argumentsFor, missingFields } from "../../queries";
import { type Layout, layoutOfColumns } from "../../schema/layout";
import { lakeToAsk } from "../lakes";
import { Progress } from "../output/progress";
import { toTable } from "../output/table";
import { chooseProgram, type ProgramOptions } from "../program";
import { savedQuery } from "../query/question";
import { count } from "../run/summary";
import { UsageError } from "../usage";

/** Options of `flowlogs detect`. */
export interface DetectOptions extends ProgramOptions {
  lake: string;
  every?: number;
  json?: boolean;
}

const layoutOfLake = async (lake: string): Promise<Layout> => {
  const athena = await LocalAthena.open(lake);
  athena.close();
  return layoutOfColumns(athena.table.columns.map(({ name }) => name));
};

/** @throws UsageError for an unknown query, or one whose fields the lake lacks. */
const check = (names: string[], layout: Layout, lake: string) => {
  for (const name of names) {
    const missing = missingFields(savedQuery(name), layout);
    if (missing.length > 0)
      throw new UsageError(
        `${name} needs ${missing.join(", ")}, which the lines in ${lake} do not have; ${argumentsFor(missing)}`,
      );
  }
};

/** Returns the stack with the given detections, or with its own if none is given. */
const programOf = async (names: string[], options: DetectOptions): Promise<Program> => {
  const { lake, every } = options;
  const chosen = await chooseProgram(options);
  const { stack, config } = chosen;
  if (chosen.folder !== undefined && (names.length > 0 || every !== undefined))
    throw new UsageError(
      "a program of a project runs the detections that it declares; leave out their names and --every, or add --program bundled",
    );
  const layout = await layoutOfLake(lake);
  check(names, layout, lake);
  const declared = (settings: Record<string, string>) =>
    new Formats({ ...chosen, config: { ...config, ...settings } }, []).with(layout);
  const declaring = (queries: string[]) =>
    declared({ detections: JSON.stringify({ queries, everyHours: every }) });
  if (names.length > 0) return declaring(names);
  const own = await declared({});
  const queries = schedulesOf(own).map(({ detection }) => detection);
  if (queries.length === 0)
    throw new UsageError(
      `stack ${stack} declares no detections; name some, such as: flowlogs detect horizontal-scan brute-force`,
    );
  return every === undefined ? own : declaring(queries);
};

/** Runs the given detections, or the stack's own if none is given. */
export const detected = async (names: string[], options: DetectOptions): Promise<Found[]> => {
  const progress = new Progress();
  try {
    return await detectIn(options.lake, await programOf(names, options), (run) => progress.show(run));
  } finally {
    progress.clear();
  }
};

/** Returns the findings of the runs, one row each, in the order of the runs. */
const answerOf = (runs: Found[]) => ({
  columns: ["run", "detection", "finding"],
  types: ["VARCHAR", "VARCHAR", "VARCHAR"],
  rows: runs
    .flatMap(({ run, detection, findings }) => findings.map((finding) => [run, detection, finding]))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
});

/** Prints a JSON array with one object a line. A finding is JSON already. */
export const jsonOf = (runs: Found[]) => {
  const lines = answerOf(runs).rows.map(
    ([run, detection, finding]) => `  {"run":"${run}","detection":"${detection}","finding":${finding}}`,
  );
  return lines.length === 0 ? "[]\n" : `[\n${lines.join(",\n")}\n]\n`;
};

export const summaryOf = (runs: Found[]) => {
  const found = runs.filter(({ findings }) => findings.length > 0);
  const findings = found.reduce((sum, run) => sum + run.findings.length, 0);
  return `${count(runs.length, "run")}, ${found.length.toLocaleString("en")} of them found something: ${count(findings, "finding")}, in the table flow_logs_findings`;
};

/** Runs the detections, and prints what they found. */
export const printDetected = async (
  names: string[],
  given: Omit<DetectOptions, "lake"> & { lake?: string },
): Promise<void> => {
  const options = { ...given, lake: given.lake ?? lakeToAsk() };
  const runs = await detected(names, options);
  process.stdout.write(options.json ? jsonOf(runs) : toTable(answerOf(runs)));
  process.stderr.write(`${summaryOf(runs)}\n`);
};
