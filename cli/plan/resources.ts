import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { unpackArchive } from "../../local/lambda";
import { type DeclaredResource, runProgram } from "../../local/program";
import { toTable } from "../output/table";
import { printWarnings } from "../output/warnings";
import type { Chosen } from "../program";
import { alarmLine } from "./alarms";
import { detectionLines } from "./detections";

/** Options of the list: the format, and the folder for archives. */
interface Planning {
  json?: boolean;
  archive?: string;
  gibPerDay?: number;
}

const FUNCTION = "aws:lambda/function:Function";

/** Replaces an archive in the inputs by the sizes of its files. --archive writes the files. */
const describe = async ({ urn, type, name, parent, inputs }: DeclaredResource) => {
  if (type !== FUNCTION) return { urn, type, name, parent, inputs };
  const assets: Record<string, { text?: Promise<string> }> = await inputs.code.assets;
  const sizes = Object.entries(assets).map(async ([path, asset]) => [
    path,
    Buffer.byteLength((await asset.text) ?? ""),
  ]);
  return {
    urn,
    type,
    name,
    parent,
    inputs: { ...inputs, code: Object.fromEntries(await Promise.all(sizes)) },
  };
};

/** Unpacks the archive of each function into a folder, and lists its files. */
const writeArchives = async (resources: DeclaredResource[], archive: string) => {
  mkdirSync(archive, { recursive: true });
  for (const fn of resources.filter(({ type }) => type === FUNCTION)) {
    const files = await unpackArchive(fn, archive);
    for (const [file, size] of Object.entries(files))
      process.stderr.write(`${fn.name}: ${join(archive, file)}, ${size} bytes\n`);
  }
};

/** `flowlogs plan`: prints the resources that the program declares. */
export const printResources = async (
  { stack, config, folder }: Chosen,
  { json, archive, gibPerDay = 1 }: Planning,
) => {
  const { resources, warnings } = await runProgram(stack, config, folder);
  printWarnings(warnings);
  if (archive) await writeArchives(resources, archive);
  for (const line of [...detectionLines(resources, gibPerDay), alarmLine(resources)])
    process.stderr.write(`${line}\n`);
  if (json) {
    process.stdout.write(`${JSON.stringify(await Promise.all(resources.map(describe)), null, 2)}\n`);
    return;
  }
  const rows = resources.map(({ type, name, parent }) => [type, name, parent]);
  const types = ["VARCHAR", "VARCHAR", "VARCHAR"];
  process.stdout.write(toTable({ columns: ["type", "name", "parent"], types, rows }));
  process.stderr.write(`${resources.length} resources in stack ${stack}\n`);
};
