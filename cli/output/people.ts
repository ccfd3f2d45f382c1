import { PROTOCOLS, SERVICES } from "../../queries/views";

const grouped = (value: string): string => value.replace(/\B(?=(\d{3})+$)/g, ",");

const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

/** Returns bytes in decimal units, in which AWS bills. */
export const size = (bytes: number): string => {
  const [, power = 0] = /e\+(\d+)/.exec(Math.abs(bytes).toExponential(3)) ?? [];
  const step = Math.min(Math.floor(Number(power) / 3), UNITS.length - 1);
  return `${step === 0 ? bytes : (bytes / 1000 ** step).toFixed(1)} ${UNITS[step]}`;
};

const named = (names: Record<number, string>) => (value: string) =>
  names[Number(value)] === undefined ? value : `${value} ${names[Number(value)]}`;

/** Returns epoch seconds of this century as a time in UTC, and other numbers unchanged. */
const moment = (value: string): string => {
  const seconds = Number(value);
  return seconds < 946_684_800 || seconds > 4_102_444_800
    ? value
    : new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");
};

/** Columns of whole numbers that are no counts, so that digits are not grouped. */
const CODES = /(^|_)(id|flags|version|path|year|month|day|hour|minute|line)$/;

const PORT = /^(.+_)?(src|dst)?port$/;
const PROTOCOL = /^protocol$/;

/** True if a column's numbers are shown with a name after them. */
export const isNamed = (column: string): boolean => PORT.test(column) || PROTOCOL.test(column);

/** Formats of whole numbers by the name of their column. The first match counts. */
const WHOLE: readonly [RegExp, (value: string) => string][] = [
  [/^(.+_)?bytes(_(sent|received|out|in|inside|outside))?$/, (value) => size(Number(value))],
  [PORT, named(SERVICES)],
  [PROTOCOL, named(PROTOCOLS)],
  [/^(start|end|first_seen|last_seen)$/, moment],
  [CODES, (value) => value],
];

/** Returns the function that formats a column's values for people: units, names, grouped digits. */
export const shownAs = (column: string, type: string): ((value: string) => string) => {
  if (!/INT/.test(type)) return (value) => value;
  return WHOLE.find(([name]) => name.test(column))?.[1] ?? grouped;
};
