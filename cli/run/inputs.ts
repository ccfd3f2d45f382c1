import { statSync } from "node:fs";
import { type FormatSource, type InputLine, readInput } from "../../local/input";
import { contentHash, hashesOf, isFile } from "../../local/input/hash";
import { type AddedInput, inputsIn } from "../../local/lake/record";
import type { Layout } from "../../schema/layout";
import type { Notes } from "./notes";
import { RunError } from "./verdict";

/** The words for where the format of an input came from. */
export const REASONS: Record<FormatSource, string> = {
  "--format": "the format of --format",
  header: "the format of its header",
  default: "AWS's default format (it has no header, and no --format was given)",
  stack: "the stack's format (it has no header, and no --format was given)",
};

/** The most lines of a format that are kept to find out why lines do not fit it. */
const SAMPLES = 100;

/** The inputs of a run, and the lake that their lines go to. */
/** Bytes of an input that is a file; none of any other. */
const sizeOf = (name: string): number => (isFile(name) ? statSync(name).size : 0);

interface Setting {
  names: string[];
  lake: string;
  format?: Layout;
  ofStack?: Layout;
  /** True if inputs are added that are in the lake already. */
  again: boolean;
}

/** Reads the inputs of a run, and leaves out those that the lake has already. */
export class RunInputs {
  readonly added: AddedInput[] = [];
  /** Names of those that were left out, as the lake has what they hold. */
  readonly known: string[] = [];
  private readonly samples = new Map<string, InputLine[]>();
  private readonly before: Map<string, AddedInput>;
  /** Hashes of this run's files, and of what they hold. */
  private readonly files = new Set<string>();
  private readonly contents = new Set<string>();
  /** Bytes of the files, and of those how many were read; standard input has no end that is known. */
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

  /** Some lines of a format. */
  samplesOf(format: string): InputLine[] {
    return this.samples.get(format) ?? [];
  }

  /** The share of the bytes that were read, from 0 to 1, where that can be known. */
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

  /** Says where the content of a file is already, if it is. A single file for an empty lake is not hashed for that. */
  private async isThere(name: string): Promise<string | undefined> {
    const { names, again, lake } = this.setting;
    if (again || !isFile(name) || (this.before.size === 0 && names.length === 1)) return undefined;
    const { file, content } = await hashesOf(name);
    if (this.before.has(content)) return `what it holds is in ${lake} already`;
    if (this.files.has(file)) return "it is the same file as one before it";
    // Two files with the same content are no mistake by themselves: a quiet hour twice, or a file and its gzip.
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

  /** @throws RunError for what can be read only once, and turned out to be in the lake already. */
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
