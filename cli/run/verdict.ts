import type { StreamTotals } from "../../local/firehose";
import type { InputLine } from "../../local/input";
import { causeOf } from "../../local/input/cause";
import type { Fit, PipelineTotals } from "../../local/pipeline";
import { DEFAULT_LAYOUT } from "../../schema/layout";
import { complaints } from "./complaints";
import { count } from "./summary";

/** The run failed: its lines were no flows, or not every line became a row. */
export class RunError extends Error {}

const nameOf = (formats: string[]) => {
  if (formats.length > 1) return "their formats";
  return formats[0] === DEFAULT_LAYOUT.format ? "AWS's default format" : `the format ${formats[0]}`;
};

/** Returns a sentence for each format that most of its lines do not fit, with the likely cause. */
export const misfits = (fits: Fit[], samplesOf: (format: string) => InputLine[]): string[] =>
  fits
    .filter(({ lines, unparsed }) => unparsed > lines / 2)
    .map(({ formats, lines, unparsed }) => {
      const cause = causeOf(formats.flatMap(samplesOf));
      return `${unparsed} of ${lines} lines do not fit ${nameOf(formats)}; ${cause}`;
    });

/** @throws RunError if no line was read, or most lines are no flows. The lake then stays as it was. */
export const checkLines = (
  { lines, unparsed }: PipelineTotals,
  lake: string,
  { known, misfits: why }: { known: string[]; misfits: string[] },
): void => {
  if (lines === 0 && known.length > 0)
    throw new RunError(
      `nothing was added to ${lake}: what ${known.length === 1 ? known[0] : count(known.length, "input")} hold${known.length === 1 ? "s" : ""} is there already; --again adds it again`,
    );
  if (lines === 0)
    throw new RunError(`nothing was added to ${lake}: no line was read; is it the right file?`);
  if (unparsed * 2 > lines) throw new RunError(`nothing was added to ${lake}: ${why.join("; ")}`);
};

/** @throws RunError if the number of rows differs from the number of lines. */
export const checkNothingLost = (totals: PipelineTotals, stream: StreamTotals, lake: string): void => {
  const [complaint] = complaints(totals, stream, lake);
  if (complaint) throw new RunError(complaint);
  const { lines, dropped } = totals;
  if (stream.rows !== lines - dropped)
    throw new RunError(
      `${lines} lines went in, ${dropped} were to be left out, but ${stream.rows} rows came out`,
    );
};
