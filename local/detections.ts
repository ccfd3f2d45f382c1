import { SCHEDULED_TIME } from "../queries/scheduled";
import { LocalAthena } from "./athena";
import { filesOf } from "./athena/definition";
import { identifier } from "./firehose/convert";
import { type Found, storeFindings } from "./lake/findings";
import type { DeclaredResource, Program } from "./program";

const SCHEDULE = "aws:scheduler/schedule:Schedule";
const TABLE = "aws:glue/catalogTable:CatalogTable";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A schedule of the program: its times, and its input for the state machine. */
export interface DetectionSchedule {
  detection: string;
  /** Hours of the day, UTC. */
  hours: number[];
  everyHours: number;
  minute: number;
  /** The input, with Scheduler's placeholder for the scheduled time. */
  input: string;
}

/** Returns the hours of a cron expression. @throws Error unless it names one minute at hours of every day. */
const hoursOf = (expression: string): Pick<DetectionSchedule, "hours" | "everyHours" | "minute"> => {
  const [, minute, hours] = /^cron\((\d+) ([\d,]+|\*) \* \* \? \*\)$/.exec(expression) ?? [];
  if (minute === undefined) throw new Error(`the local run does not know the schedule ${expression}`);
  const all = Array.from({ length: 24 }, (_, hour) => hour);
  const named = hours === "*" ? all : hours.split(",").map(Number);
  return { minute: Number(minute), hours: named, everyHours: named[1] ?? 24 };
};

/** Returns the schedules of detections that a program declares. */
export const schedulesOf = ({ resources }: Pick<Program, "resources">): DetectionSchedule[] =>
  resources
    .filter(({ type }) => type === SCHEDULE)
    .map(({ inputs }) => ({
      detection: inputs.name,
      input: inputs.target.input,
      ...hoursOf(inputs.scheduleExpression),
    }));

const findingsTable = ({ resources }: Program): DeclaredResource => {
  const found = resources.find(({ type, name }) => type === TABLE && name.endsWith("-findings"));
  if (!found) throw new Error("the program declares schedules, and no table of findings");
  return found;
};

/** Returns the hours, in epoch milliseconds, in which files of the lake were stored. */
const storedHours = async (athena: LocalAthena): Promise<number[]> => {
  const files = identifier(filesOf(athena.table));
  const { rows } = await athena.ask(
    `SELECT DISTINCT epoch_ms(date_trunc('hour', "$file_modified_time")) FROM ${files}`,
  );
  return rows.map(([time]) => Number(time));
};

/** Returns the due hours of a schedule that follow files by a day at most; other runs would find nothing to read. */
const dueTimes = ({ hours }: DetectionSchedule, stored: number[]): number[] => {
  const due = new Set<number>();
  for (const time of stored) {
    for (let hour = time + HOUR; hour <= time + DAY; hour += HOUR)
      if (hours.includes(new Date(hour).getUTCHours())) due.add(hour);
  }
  return [...due].sort((a, b) => a - b);
};

const isoOf = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** Returns the state machine's input for a run that is due at an hour. */
const inputOf = ({ input, minute }: DetectionSchedule, due: number): { scheduled: string; sql: string } =>
  JSON.parse(input.replaceAll(SCHEDULED_TIME, isoOf(due + minute * 60_000)));

/** Runs all schedules over the time that a lake spans, hour by hour, and stores their findings. */
export const detect = async (
  dir: string,
  program: Program,
  progress: (run: string) => void = () => {},
): Promise<Found[]> => {
  const schedules = schedulesOf(program);
  const athena = await LocalAthena.open(dir, undefined, true);
  try {
    const stored = await storedHours(athena);
    const runs: Found[] = [];
    for (const schedule of schedules)
      for (const due of dueTimes(schedule, stored)) {
        const { scheduled, sql } = inputOf(schedule, due);
        const run = scheduled.split(":")[0];
        progress(`${schedule.detection} ${run}`);
        const { rows } = await athena.ask(`SELECT CAST(to_json(found) AS VARCHAR) FROM (${sql}\n) AS found`);
        runs.push({ detection: schedule.detection, run, findings: rows.map(([line]) => String(line)) });
      }
    storeFindings(dir, findingsTable(program), runs);
    return runs;
  } finally {
    athena.close();
  }
};
