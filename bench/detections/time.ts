/** Reads times in the forms of captures, in UTC unless they name a zone. */

const NUMBER = /^\d{1,19}(\.\d+)?$/;
const YEAR_FIRST =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?(Z|[+-]\d{2}:?\d{2})?$/;
const DAY_FIRST = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?(?: ([AP]M))?$/i;

/** Origin of times that count from the start of a capture: flow logs have no times before 2001. */
const BEGIN = Date.UTC(2001, 0, 1) / 1000;
/** Smaller numbers count from the start of a capture, not from the epoch: three years in seconds. */
const RELATIVE = 1e8;

/**
 * Returns epoch seconds for a number in seconds, milliseconds or microseconds, or counted from the start of a capture.
 */
const ofNumber = (value: number) => {
  if (value < RELATIVE) return BEGIN + value;
  return value >= 1e14 ? value / 1e6 : value >= 1e11 ? value / 1e3 : value;
};

const seconds = (year: number, month: number, day: number, hour: number, minute: number, second: number) => {
  const isDay =
    month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
  return isDay && hour < 24 && minute < 60 && second < 61
    ? Date.UTC(year, month - 1, day, hour, minute) / 1000 + second
    : undefined;
};

/** Converts an hour of a 12-hour clock. */
const hourOf = (hour: number, half: string | undefined) =>
  half === undefined ? hour : (hour % 12) + (half.toUpperCase() === "PM" ? 12 : 0);

const offsetOf = (zone: string | undefined) => {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? "") ?? [];
  return sign === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
};

/** Returns the moment in epoch seconds; undefined if the text is no time. */
export const momentOf = (text: string): number | undefined => {
  if (NUMBER.test(text)) return ofNumber(Number(text));
  const year = YEAR_FIRST.exec(text);
  if (year) {
    const [y, month, day, hour, minute, second] = year.slice(1, 7).map((part) => Number(part ?? 0));
    const moment = seconds(y, month, day, hour, minute, second);
    return moment === undefined ? undefined : moment - offsetOf(year[7]);
  }
  const day = DAY_FIRST.exec(text);
  if (!day) return undefined;
  const [d, month, y, hour, minute, second] = day.slice(1, 7).map((part) => Number(part ?? 0));
  return seconds(y, month, d, hourOf(hour, day[7]), minute, second);
};
