import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unpackArchive } from "../local/lambda";
import { runProgram } from "../local/program";
import { FIELDS } from "../schema/fields";
import { type Layout, layoutFrom } from "../schema/layout";
import { eventsOf, pool } from "./events";

/** Formats to measure: AWS's default, every field through version 5, and every field. */
export const LAYOUTS: Readonly<Record<string, Layout>> = {
  v2: layoutFrom(["default"]),
  v5: layoutFrom(FIELDS.filter((f) => f.since <= 5).map((f) => f.name)),
  all: layoutFrom(["all"]),
};

/** The project's installed SDK; Lambda's runtime contains one. */
export const REAL_SDK = dirname(dirname(dirname(require.resolve("@aws-sdk/client-firehose/package.json"))));

/** Unpacks the archive of the function that the program declares for these fields. Returns the handler's file. */
export const unpackFunction = async (layout: Layout, dir: string): Promise<string> => {
  const { resources } = await runProgram("dev", { fields: layout.fields.map((f) => f.name).join(" ") });
  const fn = resources.find((r) => r.type === "aws:lambda/function:Function");
  if (!fn) throw new Error("the program declares no function");
  await unpackArchive(fn, dir);
  return join(dir, "__index.js");
};

/**
 * A folder outside the project, so that only NODE_PATH decides which SDK a handler loads. It has the contenders, the stub,
 * and each format's function and events, which are made on demand.
 */
export class Workplace {
  readonly dir = mkdtempSync(join(tmpdir(), "bench-"));
  readonly stubSdk = join(this.dir, "stub");
  private readonly functions = new Map<string, Promise<string>>();
  private readonly pools = new Map<string, string[]>();

  constructor() {
    for (const name of ["limit", "envelope", "naive"]) {
      copyFileSync(join(__dirname, `${name}.js`), join(this.dir, `${name}.js`));
    }
    const stub = join(this.stubSdk, "@aws-sdk/client-firehose");
    mkdirSync(stub, { recursive: true });
    copyFileSync(join(__dirname, "stub.js"), join(stub, "index.js"));
  }

  /** File with the handler of a contender. */
  handler(contender: string, format: string): Promise<string> {
    if (contender !== "etl") return Promise.resolve(join(this.dir, `${contender}.js`));
    const made = this.functions.get(format) ?? unpackFunction(LAYOUTS[format], join(this.dir, format));
    this.functions.set(format, made);
    return made;
  }

  /** File with events of `lines` lines, and the raw bytes of one of them on average. */
  eventsFile(format: string, lines: number): { file: string; rawBytes: number } {
    const all = this.pools.get(format) ?? pool(LAYOUTS[format]);
    this.pools.set(format, all);
    const events = eventsOf(all, lines);
    const file = join(this.dir, `${format}-${lines}.json`);
    writeFileSync(file, JSON.stringify(events));
    return { file, rawBytes: events.reduce((sum, e) => sum + e.rawBytes, 0) / events.length };
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}
