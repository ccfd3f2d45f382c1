import { BILLED_UNIT } from "../../local/firehose";
import { table } from "./markdown";
import { CPU, DECLARED, LINE_BYTES, NOTED, PRICES, RATIOS } from "./prices";

type Way = keyof typeof CPU;

/** US dollars for a raw GB, at least and at most. */
export type Range = [least: number, most: number];

interface Cost {
  logs: Range;
  ingestion: Range;
  conversion: Range;
  lambda: Range;
  storage: Range;
}

const LINES_PER_EVENT = 1000;
/** Memory for which Lambda gives one whole CPU (Lambda developer guide, "Configure Lambda function memory"). */
const MB_PER_CPU = 1769;

const rounded = (bytes: number) => Math.ceil(bytes / BILLED_UNIT) * BILLED_UNIT;
const exactly = (usd: number): Range => [usd, usd];

/** Ratio of billed bytes to length, for a line that is alone in its record. */
export const ALONE = rounded(LINE_BYTES * RATIOS.wrapped.value) / LINE_BYTES;

/** Returns Lambda's price of a raw GB: the calls, and the CPU time, which takes longer with less memory. */
const lambda = (way: Way, callsPerGb: number): Range => {
  const usd = (cpuSeconds: number) => {
    const gbSeconds = cpuSeconds * (MB_PER_CPU / DECLARED.memoryMb) * (DECLARED.memoryMb / 1024);
    return (callsPerGb / 1e6) * PRICES.request.usd + gbSeconds * PRICES.compute.usd;
  };
  return [usd(CPU[way].least), usd(CPU[way].most)];
};

/** Returns the costs of a raw GB in each of the ways in, by part of the pipeline. */
export const costsOf = (): Record<Way, Cost> => {
  const { rows, envelope, wrapped, parquet } = RATIOS;
  const event = LINES_PER_EVENT * LINE_BYTES;
  const envelopeBilled = rounded(event * envelope.value) / event;
  const storage = exactly(parquet.value * PRICES.storage.usd);
  /** Returns the number of Firehose's calls for a raw GB. */
  const calls = (bytesPerRaw: number) => (bytesPerRaw * 1000) / DECLARED.callMb;
  return {
    LAMBDA: {
      logs: exactly(PRICES.logs.usd),
      ingestion: exactly(rows.value * PRICES.ingestion.usd),
      conversion: exactly(rows.value * PRICES.conversion.usd),
      lambda: lambda("LAMBDA", 1e9 / event),
      storage,
    },
    SUBSCRIPTION: {
      logs: exactly(PRICES.logs.usd),
      ingestion: exactly(envelopeBilled * PRICES.ingestion.usd),
      conversion: exactly(envelopeBilled * PRICES.conversion.usd),
      lambda: lambda("SUBSCRIPTION", calls(envelope.value)),
      storage,
    },
    DIRECT: {
      logs: exactly(PRICES.delivery.usd),
      // Firehose bills the ingestion of flow logs without rounding, but rounds for the conversion (Firehose's pricing
      // page).
      ingestion: exactly(wrapped.value * PRICES.ingestion.usd),
      conversion: [wrapped.value * PRICES.conversion.usd, ALONE * PRICES.conversion.usd],
      lambda: lambda("DIRECT", calls(wrapped.value)),
      storage,
    },
  };
};

const PARTS: Record<keyof Cost, string> = {
  logs: "CloudWatch Logs: flow logs taken in, or delivered to Firehose",
  ingestion: "Firehose: ingestion",
  conversion: "Firehose: format conversion",
  lambda: "Lambda",
  storage: "S3: Parquet, each month",
};

const dollars = ([least, most]: Range) => {
  const [a, b] = [least.toFixed(3), most.toFixed(3)];
  return a === b ? a : `${a} to ${b}`;
};

const sum = (ranges: Range[]): Range =>
  ranges.reduce(([least, most], [a, b]): Range => [least + a, most + b], exactly(0));

const costTable = () => {
  const costs = Object.entries(costsOf());
  const rows = (Object.keys(PARTS) as (keyof Cost)[]).map((part) => [
    PARTS[part],
    ...costs.map(([, cost]) => dollars(cost[part])),
  ]);
  const together = costs.map(([, cost]) => `**${dollars(sum(Object.values(cost)))}**`);
  return table(["", ...costs.map(([way]) => way)], [...rows, ["**together**", ...together]]);
};

const range = (least: number, most: number) => (least === most ? `${least}` : `${least} to ${most}`);

/** Computes the cost of the ways in, with all inputs, for docs/ways-in.md. */
export const costs = (): string =>
  [
    "US dollars for a raw GB, which is a GB of lines:",
    costTable(),
    "Where Firehose rounds up, a line that is alone in its record is billed as " +
      `${Math.round(ALONE)} times its length. AWS does not\nsay how many lines of a flow log it puts into a record: ` +
      "hence the two figures for the conversion with DIRECT.",
    table(
      ["price", "US dollars", "per", "region", `source, as it was on ${NOTED}`],
      Object.values(PRICES).map(({ what, usd, per, region, source }) => {
        return [what, String(usd), per, region, source];
      }),
    ),
    table(
      ["for each raw byte", "bytes", "how it is known"],
      Object.values(RATIOS).map(({ what, value, how }) => [what, String(value), how]),
    ),
    table(
      ["CPU time for each raw MB", "milliseconds", `measured on ${NOTED}`],
      Object.entries(CPU).map(([way, { least, most, how }]) => [way, range(least, most), how]),
    ),
    `A line has ${LINE_BYTES} bytes there. The function has ${DECLARED.memoryMb} MB and so ` +
      `${(DECLARED.memoryMb / MB_PER_CPU).toFixed(2)} of a CPU; Firehose hands it ${DECLARED.callMb} MB a call.`,
  ].join("\n\n");
