import { randomBytes } from "node:crypto";

const two = (n: number) => String(n).padStart(2, "0");

/** The letters of Java's DateTimeFormatter that Firehose's documentation uses, in UTC. */
const DATE_PARTS: Record<string, (time: Date) => string> = {
  yyyy: (time) => String(time.getUTCFullYear()).padStart(4, "0"),
  MM: (time) => two(time.getUTCMonth() + 1),
  dd: (time) => two(time.getUTCDate()),
  HH: (time) => two(time.getUTCHours()),
  mm: (time) => two(time.getUTCMinutes()),
  ss: (time) => two(time.getUTCSeconds()),
};

const formatTime = (pattern: string, time: Date) =>
  pattern.replaceAll(/'([^']*)'|([A-Za-z])\2*/g, (part, quoted?: string) => {
    if (quoted !== undefined) return quoted || "'";
    const write = DATE_PARTS[part];
    if (!write) throw new Error(`the local Firehose knows no "${part}" in !{timestamp:${pattern}}`);
    return write(time);
  });

/**
 * Returns the key prefix of an object whose oldest record arrived at `time`. It evaluates `!{timestamp:…}`,
 * `!{firehose:random-string}` and, in an error prefix, `!{firehose:error-output-type}`. A prefix with no timestamp
 * gets `yyyy/MM/dd/HH/` (Firehose, "Custom prefixes for Amazon S3 objects").
 */
export const evaluatePrefix = (prefix: string, time: Date, errorType?: string): string => {
  const evaluated = prefix.replaceAll(
    /!\{(\w+):([^}]+)\}/g,
    (expression, namespace: string, value: string) => {
      if (namespace === "timestamp") return formatTime(value, time);
      if (namespace === "firehose" && value === "random-string")
        return randomBytes(6).toString("hex").slice(1);
      if (namespace === "firehose" && value === "error-output-type" && errorType) return errorType;
      throw new Error(`the local Firehose cannot evaluate ${expression} in the prefix "${prefix}"`);
    },
  );
  return prefix.includes("!{timestamp:") ? evaluated : evaluated + formatTime("yyyy/MM/dd/HH/", time);
};
