import { randomUUID } from "node:crypto";
import { createReadStream, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Context } from "hono";
import { csvTexts, jsonTexts } from "../cli/output/export";
import { withEngine } from "./asking";

const TYPES = {
  csv: "text/csv; charset=utf-8",
  json: "application/json",
  parquet: "application/vnd.apache.parquet",
};

export type Form = keyof typeof TYPES;

const write = (lake: string, sql: string, form: Form, file: string) =>
  form === "parquet"
    ? withEngine(lake, (engine) => engine.save(sql, file), { output: file })
    : withEngine(lake, async (engine) => {
        const texts = form === "csv" ? csvTexts : jsonTexts;
        await writeFile(file, texts(await engine.stream(sql)));
      });

/**
 * Sends an answer as a file. The answer is written to the temporary folder first: an error in its last row is an error, and not
 * the end of a shorter file.
 * @throws QueryError
 */
export const download = async (
  c: Context,
  lake: string,
  sql: string,
  name: string,
  form: Form,
): Promise<Response> => {
  const file = join(tmpdir(), `flowlogs-${randomUUID()}.${form}`);
  const remove = () => rmSync(file, { force: true });
  try {
    await write(lake, sql, form, file);
  } catch (error) {
    remove();
    throw error;
  }
  const content = createReadStream(file).on("close", remove);
  return c.body(Readable.toWeb(content) as ReadableStream, 200, {
    "Content-Type": TYPES[form],
    "Content-Disposition": `attachment; filename="${name}.${form}"`,
  });
};
