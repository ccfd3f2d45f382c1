import type { StreamTotals } from "../../local/firehose";
import type { PipelineTotals } from "../../local/pipeline";
import { count } from "./summary";

const because = (why?: string) => (why ? ` (${why})` : "");

/** Lines and records that did not become rows, each with the place that keeps it. */
export const complaints = (
  { failedEvents, why }: Pick<PipelineTotals, "failedEvents" | "why">,
  { failedRecords, failedRows }: StreamTotals,
  lake: string,
): string[] => {
  const found: string[] = [];
  if (failedEvents > 0)
    found.push(
      `${count(failedEvents, "event")} failed in the ETL${because(why)}; they are kept under ${lake}/aws/`,
    );
  if (failedRecords > 0)
    found.push(
      `no rows could be made of ${count(failedRecords, "record")}${because(why)}; they are kept under ${lake}/errors/processing-failed/`,
    );
  if (failedRows > 0)
    found.push(`${failedRows} rows could not be converted; they are kept under ${lake}/errors/`);
  return found;
};
