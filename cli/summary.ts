import type { StreamTotals } from "../local/firehose";
import type { PipelineTotals } from "../local/pipeline";

export type Figures = PipelineTotals & StreamTotals & { seconds: number };

const count = (n: number, what: string) => `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;

const size = (bytes: number) => {
  const unit = bytes < 1e6 ? { name: "kB", of: 1e3 } : { name: "MB", of: 1e6 };
  return `${(bytes / unit.of).toFixed(1)} ${unit.name}`;
};

/** What happened, stage by stage; or, as JSON, its figures. */
export const summary = (figures: Figures, lake: string, json: boolean): string => {
  const { lines, rows, unparsed, invocations, records, sentBytes, billedBytes, rawBytes, files, seconds } =
    figures;
  const { dropped, parquetBytes } = figures;
  const leftOut = dropped > 0 ? `, ${count(dropped, "line")} left out as the stack says` : "";
  const partitions = figures.partitions.size;
  if (json) {
    const object = {
      lines,
      rows,
      unparsed,
      invocations,
      records,
      sentBytes,
      billedBytes,
      rawBytes,
      files,
      partitions,
    };
    return `${JSON.stringify({ ...object, parquetBytes, seconds })}\n`;
  }
  return [
    `capture   ${count(lines, "line")}, ${size(rawBytes)} of text`,
    `etl       ${count(invocations, "invocation")}, ${count(rows, "row")}, ${unparsed.toLocaleString("en")} of them unparsed${leftOut}`,
    `firehose  ${count(records, "record")}, ${size(sentBytes)} sent, ${size(billedBytes)} billed`,
    `lake      ${count(files, "file")} in ${count(partitions, "partition")}, ${size(parquetBytes)} of Parquet in ${lake}`,
    `query     ready after ${seconds.toFixed(1)} s; ask more with: npx flowlogs query --list`,
    "",
  ].join("\n");
};
