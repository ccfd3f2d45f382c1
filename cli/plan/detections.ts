import { definitionOf } from "../../local/athena/definition";
import { schedulesOf } from "../../local/detections";
import type { DeclaredResource } from "../../local/program";
import { savedQueries, tableOf } from "../../queries";
import { GIB, type Reading, readingOf } from "../../queries/cost";
import { layoutOfColumns } from "../../schema/layout";

const TABLE = "aws:glue/catalogTable:CatalogTable";
const WORKGROUP = "aws:athena/workgroup:Workgroup";

/** Rounds to two significant digits. */
const short = (value: number) => String(Number(value.toPrecision(2)));

const gibOf = (bytes: number) => `${short(bytes / GIB)} GiB`;

/** Returns the size of a lake above which the workgroup's limit stops a detection, or a warning that it stops it now. */
const limited = (
  name: string,
  bytesPerRun: number,
  gibPerDay: number,
  limit: number,
): [string, ...string[]] => {
  const most = short((gibPerDay * limit) / bytesPerRun);
  const stops = `; bytesScannedCutoffPerQuery stops it above ${most} GiB a day`;
  if (bytesPerRun <= limit) return [stops];
  const enough = Math.ceil(bytesPerRun / GIB) * GIB;
  const warning = `warning: ${name} would find nothing, because bytesScannedCutoffPerQuery stops a query at ${gibOf(limit)}; ${enough} would let it run`;
  return [stops, warning];
};

/** Returns a line with the bytes that a detection reads and their cost, and a warning if Athena would stop it. */
const linesOf = (
  name: string,
  everyHours: number,
  gibPerDay: number,
  limit: number | undefined,
  reading: Reading,
) => {
  const { bytesPerRun, usdPerMonth } = reading;
  const often = everyHours === 1 ? "hour" : `${everyHours} hours`;
  const line = `${name}: every ${often} it reads ${gibOf(bytesPerRun)}, about ${usdPerMonth.toFixed(2)} USD a month, if the lake grows by ${gibPerDay} GiB of Parquet a day`;
  if (limit === undefined) return [line];
  const [stops, ...warnings] = limited(name, bytesPerRun, gibPerDay, limit);
  return [`${line}${stops}`, ...warnings];
};

/** Returns the lines for all detections of a program, for a lake that grows by so many GiB a day. */
export const detectionLines = (resources: DeclaredResource[], gibPerDay: number): string[] => {
  const of = (type: string) => resources.filter((resource) => resource.type === type);
  const [table] = of(TABLE);
  const limit: number | undefined = of(WORKGROUP)[0]?.inputs.configuration.bytesScannedCutoffPerQuery;
  const columns = table ? definitionOf(table).columns.map(({ name }) => name) : [];
  return schedulesOf({ resources }).flatMap(({ detection, everyHours }) => {
    const query = savedQueries(tableOf(layoutOfColumns(columns))).find(({ name }) => name === detection);
    if (!query) return [];
    const reading = readingOf(query, { everyHours, columns, bytesPerDay: gibPerDay * GIB });
    return linesOf(query.name, everyHours, gibPerDay, limit, reading);
  });
};
