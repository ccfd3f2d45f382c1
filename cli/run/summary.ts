import type { StreamTotals } from "../../local/firehose";
import type { PipelineTotals } from "../../local/pipeline";
import { size } from "../output/people";

export type RunFigures = PipelineTotals &
  StreamTotals & {
    /** True if the stream receives lines, and invokes the function to transform them. */
    isTransformed: boolean;
    seconds: number;
    /** Runs and findings of the stack's detections; absent for a stack without detections. */
    detected?: { runs: number; findings: number };
  };

export const count = (n: number, what: string) => `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;

const detectedText = ({ runs, findings }: { runs: number; findings: number }) =>
  `${count(runs, "run")}, ${count(findings, "finding")} in the table flow_logs_findings`;

/**
 * Summarizes the run, stage by stage. For rows it shows the billed bytes: Firehose rounds each record up. For lines the
 * billing depends on the producer.
 */
export const stages = (figures: RunFigures, lake: string): string[] => {
  const { lines, rows, unparsed, dropped, invocations, rawBytes } = figures;
  const { records, sentBytes, billedBytes, files, partitions, parquetBytes } = figures;
  const leftOut = dropped > 0 ? `, ${count(dropped, "line")} left out as the stack says` : "";
  const stream = figures.isTransformed
    ? `firehose  ${count(records, "record")}, ${size(sentBytes)} taken`
    : `firehose  ${count(records, "record")}, ${size(sentBytes)} sent, ${size(billedBytes)} billed`;
  return [
    `capture   ${count(lines, "line")}, ${size(rawBytes)} of text`,
    `etl       ${count(invocations, "invocation")}, ${count(rows, "row")}, ${unparsed.toLocaleString("en")} of them unparsed${leftOut}`,
    stream,
    `lake      ${count(files, "file")} in ${count(partitions.size, "partition")}, ${size(parquetBytes)} of Parquet in ${lake}`,
    ...(figures.detected ? [`detect    ${detectedText(figures.detected)}`] : []),
  ];
};

/** Returns the figures as one line of JSON. */
export const asJson = (figures: RunFigures): string => {
  const { lines, rows, unparsed, invocations, records, sentBytes, rawBytes, files } = figures;
  const { parquetBytes, seconds, detected } = figures;
  const billedBytes = figures.isTransformed ? undefined : figures.billedBytes;
  const partitions = figures.partitions.size;
  const first = { lines, rows, unparsed, invocations, records, sentBytes, billedBytes };
  return `${JSON.stringify({ ...first, rawBytes, files, partitions, parquetBytes, seconds, findings: detected?.findings })}\n`;
};

/** Returns the summary as text, or its figures as JSON. */
export const summary = (figures: RunFigures, lake: string, json: boolean): string =>
  json
    ? asJson(figures)
    : [...stages(figures, lake), `query     ready after ${figures.seconds.toFixed(1)} s`, ""].join("\n");
