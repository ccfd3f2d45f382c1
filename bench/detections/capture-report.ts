import type { Label } from "./labels";
import type { Verdict } from "./verdict";

/** Result of measuring a capture. */
export interface Measurement {
  file: string;
  form: string;
  connections: number;
  leftOut: number;
  /** Connections without an end inside, which no interface logs. */
  outside: number;
  lines: number;
  /** Epoch seconds. */
  from: number;
  to: number;
  hosts: number;
  window: number;
  labels: number;
  /** Source of the labels. */
  labelsFrom: string;
  modelled: string[];
  verdicts: Verdict[];
  unlookedFor: Record<string, number>;
}

const count = (value: number) => value.toLocaleString("en");
const moment = (seconds: number) => new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");

const HEAD = ["query", "days", "labelled", "found", "missed", "rows", "false alarms"];
const cellsOf = ({ query, days, labelled, found, missed, rows, falseAlarms }: Verdict) =>
  days === 0
    ? [query, "none before", String(labelled), "-", "-", "-", "-"]
    : [query, days, labelled, found.length, missed.length, rows, falseAlarms.length].map(String);

const table = (rows: string[][]): string[] => {
  const widths = rows[0].map((_, n) => Math.max(...rows.map((row) => row[n].length)));
  return rows.map((row) =>
    row
      .map((cell, n) => cell.padEnd(widths[n]))
      .join("  ")
      .trimEnd(),
  );
};

/** Rows and labels that are shown of each query. */
const MOST_SHOWN = 5;

const some = <T>(title: string, list: readonly T[], text: (item: T) => string): string[] => {
  if (list.length === 0) return [];
  const more = list.length > MOST_SHOWN ? [`  and ${count(list.length - MOST_SHOWN)} more`] : [];
  return [title, ...list.slice(0, MOST_SHOWN).map((item) => `  ${text(item)}`), ...more];
};

const labelText = ({ attacker, words, victims, from }: Label) =>
  [
    attacker,
    words,
    ...(victims?.size === 1
      ? [`against ${[...victims][0]}`]
      : victims
        ? [`against ${count(victims.size)} hosts`]
        : []),
    ...(from === undefined ? [] : [`from ${moment(from)}`]),
  ].join(", ");

const rowText = (row: Record<string, string>) =>
  Object.entries(row)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");

const headOf = (all: Measurement): string[] => [
  `capture   ${all.file}: ${all.form}`,
  `traffic   ${count(all.connections)} connections in ${((all.to - all.from) / 3600).toFixed(2)} hours from ${moment(all.from)}; ${count(all.lines)} lines of ${count(all.hosts)} hosts inside, in windows of ${all.window} s`,
  ...(all.outside > 0
    ? [
        `not seen  ${count(all.outside)} connections between hosts that are not inside; name their blocks with --inside`,
      ]
    : []),
  ...(all.leftOut > 0
    ? [`left out  ${count(all.leftOut)} rows of no protocol of IP that has a number here`]
    : []),
  `labels    ${count(all.labels)} ${all.labelsFrom}`,
  `modelled  a connection's packets and bytes are spread evenly over its windows; every line is ACCEPT`,
  ...all.modelled.map((what) => `          ${what}`),
];

/** Prints the measurement. */
export const captureReport = (all: Measurement): string => {
  const details = all.verdicts.flatMap(({ query, missed, falseAlarms }) => [
    ...some(`missed by ${query}`, missed, labelText),
    ...some(`false alarms of ${query}: rows that name nobody who is labelled`, falseAlarms, ({ row }) =>
      rowText(row),
    ),
  ]);
  const others = Object.entries(all.unlookedFor);
  return [
    ...headOf(all),
    "",
    ...table([HEAD, ...all.verdicts.map(cellsOf)]),
    ...(details.length > 0 ? ["", ...details] : []),
    ...(others.length > 0
      ? [
          "",
          ...some(
            "labelled, and no query looks for it",
            others,
            ([words, times]) => `${words} (${count(times)})`,
          ),
        ]
      : []),
    "",
  ].join("\n");
};
