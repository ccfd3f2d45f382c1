import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { PROJECT_DIR } from "../../local/program";
import { planOf } from "../engine/plans";
import { createDatabase, createTable, type Table, withNumbersForYears } from "./glue";
import { blemished, transitLines } from "./lines";
import type { Moto } from "./moto";
import { textsIn } from "./values";

/** Days of traffic, up to the midnight before now (UTC), so that the last 24 hours have some. */
const DAYS = 2;
const DAY = 86_400;

/** A stack, and how much traffic it has. */
export interface Choice {
  stack: string;
  config: Record<string, string>;
  format: string;
  lines: number;
  attacks: string;
}

/** A stack whose catalog is in Glue, and whose lake is in S3 and in a folder. */
export interface Stack {
  name: string;
  database: string;
  tables: Table[];
  /** Declared resources of a type. */
  // biome-ignore lint/suspicious/noExplicitAny: inputs have the shape of each resource type's own arguments
  inputsOf: (type: string) => any[];
  lake: string;
  /** The last day of the traffic, which has the attacks, in epoch seconds. */
  lastDay: { from: number; to: number };
  /** Values for parameters, from the rows of the lake. */
  texts: Record<string, string>;
}

const flowlogs = (args: string[]) =>
  execFileSync(process.execPath, [join(PROJECT_DIR, "cli/flowlogs.js"), ...args], {
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "ignore"],
  });

/** Runs the stack locally on traffic with attacks and damaged lines, and on a transit gateway's if the stack has one. */
const makeLake = ({ stack, config, format, lines, attacks }: Choice, from: number, folder: string) => {
  const file = (name: string) => join(folder, `${stack}-${name}.log`);
  const write = (name: string, all: string[]) => {
    writeFileSync(file(name), `${all.join("\n")}\n`);
    return file(name);
  };
  const day = new Date(from * 1000).toISOString().slice(0, 10);
  const options = { format, lines, attacks, day, days: DAYS };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const traffic = flowlogs(["traffic", ...args])
    .toString()
    .trim()
    .split("\n");
  const files = [write("vpc", blemished(traffic))];
  if (config.transitGateways) files.push(write("transit", transitLines(from + (DAYS - 1) * DAY)));
  const lake = join(folder, `${stack}-lake`);
  const settings = Object.entries(config).flatMap(([key, value]) => ["--config", `${key}=${value}`]);
  flowlogs(["run", ...files, "--stack", stack, "--lake", lake, ...settings]);
  return lake;
};

const upload = async (moto: Moto, lake: string, bucket: string) => {
  await moto.put(bucket);
  const files = readdirSync(join(lake, "flow-logs"), { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name);
    await moto.put(bucket, relative(lake, path), new Uint8Array(readFileSync(path)));
  }
};

/** Creates a stack's catalog from `flowlogs plan`, and its lake with `flowlogs run`. */
export const deploy = async (moto: Moto, choice: Choice, folder: string): Promise<Stack> => {
  const { stack: name, config } = choice;
  const plan = [...(await planOf(name, config)).values()];
  const inputsOf = (type: string) => plan.filter((r) => r.type.endsWith(`:${type}`)).map((r) => r.inputs);
  const [database] = inputsOf("CatalogDatabase");
  await createDatabase(moto, database);
  const tables = inputsOf("CatalogTable").map(({ databaseName, ...table }) => table as unknown as Table);
  for (const table of tables) await createTable(moto, String(database.name), withNumbersForYears(table));
  const from = (Math.floor(Date.now() / (DAY * 1000)) - DAYS) * DAY;
  const lake = makeLake(choice, from, folder);
  await upload(moto, lake, String(tables[0].storageDescriptor.location).split("/")[2]);
  const to = from + DAYS * DAY;
  const lastDay = { from: to - DAY, to };
  return {
    name,
    database: String(database.name),
    tables,
    inputsOf,
    lake,
    lastDay,
    texts: await textsIn(lake, lastDay),
  };
};
