import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runFiles } from "../../cli/run/files";
import { LocalAthena } from "../../local/athena";
import { parseFormat } from "../../schema/layout";
import { workFolder } from "./flowlogs";

/** The outcome of a run in this process. */
interface Ran {
  lines: number;
  rows: number;
  unparsed: number;
  /** Message of the error, if it failed. */
  error: string;
  /** Its standard error. */
  said: string;
}

/** Options of a run, as the command line has them. */
interface Given {
  lake?: string;
  format?: string;
  again?: boolean;
}

/** Captures standard error while a function runs. */
const hearing = async <T>(work: () => Promise<T>): Promise<{ result: T; said: string }> => {
  const { write } = process.stderr;
  let said = "";
  process.stderr.write = ((text: string) => {
    said += text;
    return true;
  }) as typeof write;
  try {
    return { result: await work(), said };
  } finally {
    process.stderr.write = write;
  }
};

/** A folder with files and lakes. The stack runs in this process, which is much faster than running commands. */
export const place = (files: Record<string, string | Buffer>) => {
  const dir = workFolder();
  const path = (name: string) => join(dir, name);
  const write = (more: Record<string, string | Buffer>) => {
    for (const [name, content] of Object.entries(more)) writeFileSync(path(name), content);
  };
  write(files);
  const run = async (names: string[], { lake = "lake", format, again }: Given = {}): Promise<Ran> => {
    const options = { stack: "dev", lake: path(lake), again, format: format && parseFormat(format) };
    const inputs = names.map((name) => (name.startsWith("/") ? name : path(name)));
    let error = "";
    const { result, said } = await hearing(() =>
      runFiles(inputs, { ...options, format: options.format || undefined }).catch((thrown: Error) => {
        error = thrown.message;
        return undefined;
      }),
    );
    const { lines = 0, rows = 0, unparsed = 0 } = result?.figures ?? {};
    const plain = (text: string) => text.replaceAll(`${dir}/`, "");
    return { lines, rows, unparsed, error: plain(error), said: plain(said) };
  };
  const count = async (lake = "lake"): Promise<number> => {
    const athena = await LocalAthena.open(path(lake));
    try {
      return Number((await athena.ask("SELECT count(*) FROM flow_logs")).rows[0][0]);
    } finally {
      athena.close();
    }
  };
  const objects = (lake = "lake") =>
    (readdirSync(path(lake), { recursive: true }) as string[]).filter((name) => /\.\w+$/.test(name)).sort();
  return { dir, write, run, count, objects };
};
