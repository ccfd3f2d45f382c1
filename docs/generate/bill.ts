import { alarmCostOf } from "../../cli/plan/alarms";
import { SCAN_LIMIT_DEFAULT } from "../../components/settings";
import { missingFields, savedQueries, tableOf } from "../../queries";
import { readingOf, shareOf, usdOf } from "../../queries/cost";
import { layoutFrom } from "../../schema/layout";
import { stackWith } from "./alarms";
import { costsOf } from "./costs";
import { declaredIn } from "./declared";
import { defaults } from "./defaults";
import { table } from "./markdown";
import { MONTHLY, RATIOS, SCAN_PRICE } from "./prices";

// A month's bill of a stack with the defaults and `ingestion: LAMBDA`, for docs/costs.md.

/** Raw GB a month of the examples. */
export const VOLUMES = [1, 50, 1000];

const DAYS_PER_MONTH = 365 / 12;
const DETECTION = "horizontal-scan";
/** Maximum state transitions of a detection's run: Ask, Look, IsAnything, Register, Tell, Found, and the start. */
const TRANSITIONS_PER_RUN = 7;
const RUNS_PER_MONTH = 24 * DAYS_PER_MONTH;

const dollars = (usd: number) => usd.toFixed(2);

/** Number of custom metrics of the function: its figures, all of the one dimension `FunctionName`. */
export const customMetrics = (): number => {
  const report = declaredIn("functions/etl.ts").find(({ name }) => name === "EtlReport");
  if (!report) throw new Error("functions/etl.ts declares no EtlReport");
  return report.members.length;
};

/** Returns the bytes of Parquet for so many raw GB. */
const parquetBytes = (rawGb: number) => rawGb * 1e9 * RATIOS.parquet.value;

const RECOMMENDED = layoutFrom(["recommended"]);
const columns = RECOMMENDED.columns.map(({ name }) => name);

/**
 * Returns the shares of a day's bytes that saved queries read, in a table of the recommended fields, in ascending
 * order.
 */
const shares = (): number[] =>
  savedQueries(tableOf(RECOMMENDED))
    .filter((query) => missingFields(query, RECOMMENDED).length === 0)
    .map((query) => shareOf(query, columns))
    .sort((a, b) => a - b);

const percent = (share: number) => `${Math.round(100 * share)} %`;

/** Returns the price of a detection that runs every hour: Athena and the state machine. */
const detectionCost = (rawGb: number): number => {
  const query = savedQueries(tableOf(RECOMMENDED)).find(({ name }) => name === DETECTION);
  if (!query) throw new Error(`there is no saved query ${DETECTION}`);
  const bytesPerDay = parquetBytes(rawGb) / DAYS_PER_MONTH;
  const { usdPerMonth } = readingOf(query, { everyHours: 1, columns, bytesPerDay });
  return usdPerMonth + (RUNS_PER_MONTH * TRANSITIONS_PER_RUN * MONTHLY.states.usd) / 1000;
};

/** Returns the parts of a bill that grow with the lines, for so many raw GB a month. */
const growing = (rawGb: number): Record<string, number> => {
  const { logs, ingestion, conversion, lambda, storage } = costsOf().LAMBDA;
  const { logRetentionInDays } = defaults();
  return {
    "CloudWatch Logs: lines taken in": logs[1] * rawGb,
    [`CloudWatch Logs: ${logRetentionInDays} days kept (\`logRetentionInDays\`)`]:
      (MONTHLY.kept.usd * rawGb * logRetentionInDays) / DAYS_PER_MONTH,
    "Firehose: ingestion and conversion": (ingestion[1] + conversion[1]) * rawGb,
    "Lambda, at most": lambda[1] * rawGb,
    "S3: Parquet of the first month": storage[1] * rawGb,
  };
};

const row = (name: string, cost: (rawGb: number) => number) => [
  name,
  ...VOLUMES.map((rawGb) => dollars(cost(rawGb))),
];

const sum = (parts: Record<string, number>) => Object.values(parts).reduce((all, part) => all + part, 0);

/** Prints a month's bill for each volume, with the part that is the same for all. */
export const monthsBill = async (): Promise<string> => {
  const [plain, detecting] = [await stackWith("LAMBDA"), await stackWith("LAMBDA", true)];
  const alarms = alarmCostOf(plain).usdPerMonth;
  const more = alarmCostOf(detecting).usdPerMonth - alarms;
  const custom = customMetrics() * MONTHLY.metric.usd;
  const fixed = MONTHLY.key.usd + alarms + custom;
  const together = (rawGb: number) => fixed + sum(growing(rawGb));
  const rows = [
    row("KMS: the key", () => MONTHLY.key.usd),
    row("CloudWatch: alarms and dashboard", () => alarms),
    row(`CloudWatch: the function's ${customMetrics()} custom metrics`, () => custom),
    ...Object.keys(growing(1)).map((part) => row(part, (rawGb) => growing(rawGb)[part])),
    row("**together**", together),
    row(
      `and with \`${DETECTION}\` every hour: what it reads, its runs and its alarms`,
      (rawGb) => detectionCost(rawGb) + more,
    ),
    row(
      "S3 in the month after a year, without `dataExpirationInDays`",
      (rawGb) => 13 * costsOf().LAMBDA.storage[1] * rawGb,
    ),
  ];
  return table(
    ["US dollars a month", ...VOLUMES.map((gb) => `${gb.toLocaleString("en")} GB of lines`)],
    rows,
  );
};

const size = (bytes: number) => {
  const [value, unit] = bytes < 1e9 ? [bytes / 1e6, "MB"] : [bytes / 1e9, "GB"];
  return `${Number(value.toPrecision(2)).toLocaleString("en")} ${unit}`;
};

const price = (usd: number) => (usd < 0.01 ? "below 0.01" : dollars(usd));

/** Prints the bytes and the price of a query that reads all columns of a window, for each volume. */
export const queryBill = (): string => {
  const days = { "an hour": 1 / 24, "a day": 1, "a month": DAYS_PER_MONTH, "a year": 365 };
  const rows = Object.entries(days).map(([window, count]) => [
    window,
    ...VOLUMES.map((rawGb) => {
      const bytes = (parquetBytes(rawGb) / DAYS_PER_MONTH) * count;
      return bytes > SCAN_LIMIT_DEFAULT
        ? `${size(bytes)}: stopped`
        : `${size(bytes)}: ${price(usdOf(bytes))}`;
    }),
  ]);
  const all = shares();
  return [
    table(["all columns of", ...VOLUMES.map((n) => `${n.toLocaleString("en")} GB a month`)], rows),
    `The most that one query may cost, with the default limit of 100 GiB: ${dollars(usdOf(SCAN_LIMIT_DEFAULT))} US dollars.\n` +
      `A saved query names the columns that it needs: with the recommended fields, ${percent(all[all.length >> 1])} of these bytes in the middle, and ${percent(all[all.length - 1])} at most.`,
  ].join("\n\n");
};

/** Prints the prices that this page adds to those of docs/ways-in.md. */
export const monthlyPrices = (): string =>
  table(
    ["price", "US dollars", "per", "region", "source, as it was in November 2026"],
    [...Object.values(MONTHLY), SCAN_PRICE].map(({ what, usd, per, region, source }) => [
      what,
      String(usd),
      per,
      region,
      source,
    ]),
  );
