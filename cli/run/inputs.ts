import { statSync } from "node:fs";
import { type FormatSource, type InputLine, readInput } from "../../local/input";
import { contentHash, hashesOf, isFile } from "../../local/input/hash";
import { type AddedInput, inputsIn } from "../../local/lake/record";
import type { Layout } from "../../schema/layout";
import type { Notes } from "./notes";
import { RunError } from "./verdict";

/** Texts for the origin of an input's format. */
export const REASONS: Record<FormatSource, string> = {
  "--format": "the format of --format",
  header: "the format of its header",
  default: "AWS's default format (it has no header, and no --format was given)",
  stack: "the stack's format (it has no header, and no --format was given)",
};

/** Maximum lines of a format that are kept to find the cause of misfits. */
const SAMPLES = 100;

/** Returns the size of an input file; 0 for standard input and pipes. */
const sizeOf = (name: string): number => (isFile(name) ? statSync(name).size : 0);

interface Setting {
  names: string[];
  lake: string;
  format?: Layout;
  ofStack?: Layout;
  /** True if inputs are added even if the lake has them. */
  again: boolean;
}

/** Reads the inputs of a run, and leaves out those that the lake has already. */
export class RunInputs {
  readonly added: AddedInput[] = [];
  /** Names of inputs that were skipped because the lake has their content. */
  readonly known: string[] = [];
  private readonly samples = new Map<string, InputLine[]>();
  private readonly before: Map<string, AddedInput>;
  /** Hashes of this run's files, and of their content without gzip. */
  private readonly files = new Set<string>();
  private readonly contents = new Set<string>();
  /** Total bytes of the files, and the bytes read of them. The size of standard input is unknown. */
  private readonly size: number | undefined;
  private read = 0;

  constructor(
    private readonly setting: Setting,
    private readonly notes: Notes,
    private readonly now: Date,
  ) {
    this.size = setting.names.every(isFile)
      ? setting.names.reduce((sum, name) => sum + sizeOf(name), 0)
      : undefined;
    this.before = setting.again ? new Map() : inputsIn(setting.lake);
  }

  /** Adds a line to the samples of its format. */
  samplesOf(format: string): InputLine[] {
    return this.samples.get(format) ?? [];
  }

  /** Returns the share of bytes that were read, from 0 to 1, if the total is known. */
  get share(): number | undefined {
    return this.size ? this.read / this.size : undefined;
  }

  async *lines(): AsyncGenerator<InputLine[]> {
    for (const name of this.setting.names) {
      const why = await this.isThere(name);
      if (why !== undefined) {
        this.known.push(name);
        this.read += sizeOf(name);
        this.notes.say(name, `left out, as ${why}; --again adds it again`);
      } else yield* this.linesOf(name);
    }
  }

  /**
   * Returns the input of the lake with the same content as a file. A single file for an empty lake is not hashed for
   * that.
   */
  private async isThere(name: string): Promise<string | undefined> {
    const { names, again, lake } = this.setting;
    if (again || !isFile(name) || (this.before.size === 0 && names.length === 1)) return undefined;
    const { file, content } = await hashesOf(name);
    if (this.before.has(content)) return `what it holds is in ${lake} already`;
    if (this.files.has(file)) return "it is the same file as one before it";
    // Two files of a run may have the same content for good reasons: two quiet hours, or a file and its gzip.
    if (this.contents.has(content))
      this.notes.say(name, "holds the same as one before it, and is added as well");
    this.files.add(file);
    this.contents.add(content);
    return undefined;
  }

  private async *linesOf(name: string): AsyncGenerator<InputLine[]> {
    const { format, ofStack } = this.setting;
    const label = name === "-" ? "standard input" : name;
    const hash = contentHash();
    const read = {
      update: (chunk: Buffer) => {
        this.read += chunk.length;
      },
    };
    let lines = 0;
    const say = (source: FormatSource) => this.notes.say(label, REASONS[source]);
    const note = (text: string) => this.notes.say(label, text);
    for await (const some of readInput(name, format, say, ofStack, { note, hash, read })) {
      lines += some.length;
      this.sample(some);
      yield some;
    }
    if (lines === 0) note("no line is in it");
    else this.add({ sha256: hash.digest("hex"), name: label, lines, added: this.now.toISOString() });
  }

  /** @throws RunError for standard input whose content, once read, is in the lake already. */
  private add(input: AddedInput): void {
    const before = this.setting.again ? undefined : this.before.get(input.sha256);
    if (before)
      throw new RunError(
        `nothing was added to ${this.setting.lake}: what ${input.name} holds is there already, as ${before.name} of ${before.added.slice(0, 10)}; --again adds it again`,
      );
    this.added.push(input);
  }

  private sample(lines: InputLine[]): void {
    const { format } = lines[0]?.layout ?? {};
    if (format === undefined) return;
    const samples = this.samples.get(format) ?? [];
    this.samples.set(format, samples);
    if (samples.length < SAMPLES) samples.push(...lines.slice(0, SAMPLES - samples.length));
  }
}
