import type { Reading } from "./columns";
import { TIMESTAMP, timeOf } from "./time";

/** A pattern of the text before a line in some form of log. Its group `time` is the time of logging. */
interface Prefix {
  pattern: RegExp;
}

const pattern = (text: string): Prefix => ({ pattern: new RegExp(`^${text}`) });
const TIME = `(?<time>${TIMESTAMP})`;
const LOG_STREAM = "eni-[0-9a-f]+-(?:all|accept|reject)";

/** Patterns of prefixes. If two match, the one whose rest fits the format is used. */
const PREFIXES: Prefix[] = [
  // An export from CloudWatch Logs, `aws logs tail --format short`
  pattern(String.raw`${TIME}\s+`),
  // `aws logs tail`
  pattern(String.raw`${TIME}\s+\S+\s+`),
  // `awslogs get`, and others that name the log group and its stream
  pattern(String.raw`(?:\S+\s+)?${LOG_STREAM}\s+`),
  // Containers (CRI)
  pattern(String.raw`${TIME}\s+(?:stdout|stderr)\s+[FP]\s+`),
  // `--query 'events[].[timestamp,message]' --output text`
  pattern(String.raw`(?<time>\d{13})\s+`),
  // syslog (RFC 5424, RFC 3164)
  pattern(String.raw`<\d{1,3}>1 ${TIME} \S+ \S+ \S+ \S+ (?:-|\[.*?\]) (?:BOM|\ufeff)?`),
  pattern(String.raw`(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ [^\s:[]+(?:\[\d+\])?: `),
];

/** Matches escape sequences for colours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the one that begins them
const COLOURS = /\u001b\[[0-9;]*m/g;

/** Returns true for text that the AWS CLI prints between log events, and for the line by which a CSV tells Excel its delimiter. */
export const isBetween = (text: string): boolean =>
  /^SEARCHEDLOGSTREAMS\t|^sep=.$/i.test(text) || /^[bf]\/\d{30,}\/[sf](?:\t[bf]\/\d{30,}\/[sf])?$/.test(text);

/** Returns the texts inside a line that may be lines: behind a prefix, or in quotes. */
export const insidesOf = (line: string): Reading[] => {
  const text = line.includes("\u001b") ? line.replaceAll(COLOURS, "") : line;
  const [, quoted] = /^\s*"(.*)",?\s*$/.exec(text) ?? [];
  return [
    ...(text === line ? [] : [{ text }]),
    ...PREFIXES.flatMap(({ pattern: before }) => {
      const found = before.exec(text);
      return found ? [{ text: text.slice(found[0].length), time: timeOf(found.groups?.time ?? "") }] : [];
    }),
    ...(quoted === undefined ? [] : [{ text: quoted }]),
  ];
};

/** Returns the cells of the AWS CLI's text output: single words (ids, times, names) and lines. */
export const cellsOfText = (line: string): string[] => (line.includes("\t") ? line.split("\t") : []);
