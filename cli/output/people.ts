import { PROTOCOLS, SERVICES } from "../../queries/views";

const grouped = (value: string): string => value.replace(/\B(?=(\d{3})+$)/g, ",");

const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

/** Bytes in decimal units, as AWS bills them. */
export const size = (bytes: number): string => {
  const [, power = 0] = /e\+(\d+)/.exec(Math.abs(bytes).toExponential(3)) ?? [];
  const step = Math.min(Math.floor(Number(power) / 3), UNITS.length - 1);
  return `${step === 0 ? bytes : (bytes / 1000 ** step).toFixed(1)} ${UNITS[step]}`;
};

const named = (names: Record<number, string>) => (value: string) =>
  names[Number(value)] === undefined ? value : `${value} ${names[Number(value)]}`;

/** Epoch seconds of this century as a time of UTC; any other number as it is. */
const moment = (value: string): string => {
  const seconds = Number(value);
  return seconds < 946_684_800 || seconds > 4_102_444_800
    ? value
    : new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");
};

/** Columns of whole numbers that count nothing, by which digits would be grouped. */
const CODES = /(^|_)(id|flags|version|path|year|month|day|hour|minute|line)$/;

const PORT = /^(.+_)?(src|dst)?port$/;
const PROTOCOL = /^protocol$/;

/** True if people see a column's numbers with a name behind them. */
export const isNamed = (column: string): boolean => PORT.test(column) || PROTOCOL.test(column);

/** How a column of whole numbers is shown, by its name; the first that fits. */
const WHOLE: readonly [RegExp, (value: string) => string][] = [
  [/^(.+_)?bytes(_(sent|received|out|in|inside|outside))?$/, (value) => size(Number(value))],
  [PORT, named(SERVICES)],
  [PROTOCOL, named(PROTOCOLS)],
  [/^(start|end|first_seen|last_seen)$/, moment],
  [CODES, (value) => value],
];

/** Returns how the values of a column are shown to people: units, names, grouped digits. */
export const shownAs = (column: string, type: string): ((value: string) => string) => {
  if (!/INT/.test(type)) return (value) => value;
  return WHOLE.find(([name]) => name.test(column))?.[1] ?? grouped;
};
