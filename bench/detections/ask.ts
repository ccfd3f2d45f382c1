import { LocalAthena } from "../../local/athena";
import type { SavedQuery } from "../../queries";
import { savedQueries, tableOf } from "../../queries";
import { LAYOUT } from "./lines";
import { LISTED, RANKINGS } from "./measure";

const DAY = 86_400;

/** Value of the parameter `rows`: high enough for all rows, since false alarms are counted. */
const ALL_ROWS = 1_000_000;

/** A row of a query, with the caller, the target and the time that it names. */
export interface Finding {
  query: string;
  /** The caller's address, or the interface's. */
  caller: string;
  /** The target, if the row names one. */
  callee?: string;
  /** Epoch seconds. */
  first?: number;
  last?: number;
  /** The whole row, by column. */
  row: Record<string, string>;
}

/** A query's days and the rows that it returned. */
export interface Answer {
  query: SavedQuery;
  /** Number of days asked about; 0 if the query compares with earlier days and the capture has none. */
  days: number;
  findings: Finding[];
}

/** Window and parameters of the queries. */
export interface Question {
  /** Epoch seconds. */
  from: number;
  to: number;
  /** CIDR blocks that count as inside, beside private ones. */
  inside: string;
  /** Values of parameters, by `QUERY.PARAMETER`. */
  values: Record<string, string>;
  addressOf(id: string): string | undefined;
}

const DETECTIONS = savedQueries(tableOf(LAYOUT)).filter(
  ({ name, group }) => group === "security" && name !== LISTED && !RANKINGS.includes(name),
);

/** Names of parameters that may be set, as `QUERY.PARAMETER`. */
export const PARAMETERS: readonly string[] = DETECTIONS.flatMap(({ name, parameters }) =>
  parameters
    .map((each) => each.name)
    .filter((each) => !["from", "to", "rows", "inside"].includes(each))
    .map((each) => `${name}.${each}`),
);

const secondsOf = (text: string | undefined) =>
  text ? Date.parse(`${text.replace(" ", "T")}Z`) / 1000 : undefined;

const findingOf = (query: string, row: Record<string, string>, { addressOf }: Question): Finding => ({
  query,
  caller: row.srcaddr ?? row.address ?? addressOf(row.interface_id) ?? row.interface_id,
  callee: row.dstaddr,
  first: secondsOf(row.first_seen),
  last: secondsOf(row.last_seen),
  row,
});

/** Converts values of a query's parameters to numbers if their default is a number. */
const valuesFor = ({ name, parameters }: SavedQuery, values: Record<string, string>) =>
  Object.fromEntries(
    parameters.flatMap((each): [string, string | number][] => {
      const value = values[`${name}.${each.name}`];
      if (value === undefined) return [];
      return [[each.name, each.default.startsWith("'") ? value : Number(value)]];
    }),
  );

const ask = async (athena: LocalAthena, query: SavedQuery, question: Question, from: number) => {
  const to = Math.min(from + DAY, question.to);
  const has = (name: string) => query.parameters.some((each) => each.name === name);
  const values = {
    ...valuesFor(query, question.values),
    ...(has("inside") ? { inside: question.inside } : {}),
  };
  const { columns, rows } = await athena.ask(query.withValues({ from, to, rows: ALL_ROWS, ...values }));
  return rows.map((cells) => {
    const row = Object.fromEntries(
      columns.map((name, n) => [name, cells[n] === null ? "" : String(cells[n])]),
    );
    return findingOf(query.name, row, question);
  });
};

/** Asks each detection about each day of a lake, as a schedule would. */
export const askAll = async (lake: string, question: Question): Promise<Answer[]> => {
  const athena = await LocalAthena.open(lake);
  try {
    const answers: Answer[] = [];
    for (const query of DETECTIONS) {
      const first = question.from + (query.historyDays > 0 ? DAY : 0);
      const findings: Finding[] = [];
      let days = 0;
      for (let from = first; from < question.to; from += DAY, days++)
        findings.push(...(await ask(athena, query, question, from)));
      answers.push({ query, days, findings });
    }
    return answers;
  } finally {
    athena.close();
  }
};
