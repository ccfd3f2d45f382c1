import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeType, identity } from "./types";

type Properties = Record<string, unknown>;

/** A resource as AWS has it. */
export interface Held {
  type: string;
  id: string;
  inputs: Properties;
  state: Properties;
}

const fileOf = (type: string, id: string) =>
  `${createHash("sha256").update(`${type} ${id}`).digest("hex").slice(0, 24)}.json`;

/** The resources in AWS, a file each. They outlive the provider, which the engine starts for each command. */
export class Cloud {
  /** Ids by the name or key that is unique in an account. */
  private readonly taken = new Map<string, string>();

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    for (const held of this.all()) this.note(held);
  }

  all(): Held[] {
    return readdirSync(this.folder).map((file) => JSON.parse(readFileSync(join(this.folder, file), "utf8")));
  }

  get(type: string, id: string): Held | undefined {
    const file = join(this.folder, fileOf(type, id));
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  }

  /** Returns the id of the resource that already has this one's name or configuration. */
  other(type: string, state: Properties): string | undefined {
    return this.taken.get(identity(type, state) ?? "");
  }

  put(held: Held): void {
    this.note(held);
    // The rename is atomic: a reader sees all of the file or none of it.
    const work = `${this.folder}-${fileOf(held.type, held.id)}`;
    writeFileSync(work, JSON.stringify(held));
    renameSync(work, join(this.folder, fileOf(held.type, held.id)));
  }

  remove(type: string, id: string): void {
    const held = this.get(type, id);
    if (!held) return;
    this.taken.delete(identity(type, held.state) ?? "");
    rmSync(join(this.folder, fileOf(type, id)));
  }

  private note({ type, id, state }: Held) {
    const key = identity(type, state);
    if (key) this.taken.set(key, id);
  }
}

/** Returns the mistakes in a resource's inputs, by the provider's SDK: unknown and missing properties. */
export const mistakesIn = (type: string, inputs: Properties): [property: string, reason: string][] => {
  const { inputs: names, required } = describeType(type);
  const given = Object.keys(inputs).filter((name) => !name.startsWith("__"));
  return [
    ...given
      .filter((name) => !names.includes(name))
      .map((name): [string, string] => [name, `is no property of ${type}`]),
    ...required
      .filter((name) => inputs[name] === undefined)
      .map((name): [string, string] => [name, `is required by ${type}`]),
  ];
};
