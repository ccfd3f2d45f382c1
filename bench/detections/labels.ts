import { isIP } from "node:net";
import { copied } from "../../local/copied";
import type { Connection } from "./connection";
import { CaptureError } from "./error";
import { isAttack, KINDS, type Kind, kindOf } from "./kinds";
import { plain, Row } from "./row";
import { tableOf } from "./table";

/** Label of an attack in a capture. */
export interface Label {
  kind: Kind;
  /** Name in its makers' words. */
  words: string;
  attacker: string;
  /** The victims, if known. */
  victims?: Set<string>;
  /** Epoch seconds, if known. */
  from?: number;
  to?: number;
}

const COLUMNS = { attacker: ["attacker"], kind: ["kind"], victim: ["victim"], from: ["from"], to: ["to"] };

const labelIn = (row: Row): Label => {
  const address = (key: string) => {
    const text = row.text(key)?.toLowerCase();
    if (text !== undefined && isIP(text) === 0) throw row.wrong(key, "IPv4 or IPv6 address");
    return text;
  };
  const attacker = address("attacker");
  if (attacker === undefined) throw row.wrong("attacker", "IPv4 or IPv6 address");
  const words = row.text("kind") ?? "";
  const kind = KINDS.get(words);
  if (!kind) throw row.wrong("kind", `kind of attack; one of ${[...KINDS.keys()].join(", ")}`);
  const victim = address("victim");
  const moment = (key: string) => (row.text(key) === undefined ? undefined : row.time(key));
  const [from, to] = [moment("from"), moment("to")];
  return { kind, words, attacker, victims: victim === undefined ? undefined : new Set([victim]), from, to };
};

/**
 * Reads a file of labels: CSV with the columns attacker and kind, and optionally victim, from and to.
 * @throws CaptureError with the line and the column.
 */
export const readLabels = async (file: string): Promise<Label[]> => {
  const { columns, records } = await tableOf(file);
  const names = columns.map(plain);
  const unknown = columns.find((_, n) => !(names[n] in COLUMNS));
  if (unknown !== undefined || !names.includes("attacker") || !names.includes("kind"))
    throw new CaptureError(
      `${file}: its header is "${columns.join(",")}"; labels have the columns attacker,kind,victim,from,to, of which the first two must be there`,
    );
  const row = new Row(columns, COLUMNS);
  const labels: Label[] = [];
  for await (const { at, cells } of records) labels.push(labelIn(row.read(at, cells)));
  return labels;
};

/** Maximum attackers with labels, and maximum victims of each: a flood may have more. */
const [MOST_LABELS, MOST_VICTIMS] = [50_000, 10_000];

/** Labels of a capture's own connections: one for each attacker and its makers' words. */
export class OwnLabels {
  private readonly labels = new Map<string, Label>();

  take({ label, client, server, start, end }: Connection): void {
    if (label === undefined || !isAttack(label)) return;
    const words = copied(label);
    const key = `${client.address} ${words}`;
    const known = this.labels.get(key);
    if (!known) {
      if (this.labels.size === MOST_LABELS) return;
      const [attacker, victims] = [client.address, new Set([server.address])];
      this.labels.set(key, { kind: kindOf(label), words, attacker, victims, from: start, to: end });
      return;
    }
    known.from = Math.min(known.from ?? start, start);
    known.to = Math.max(known.to ?? end, end);
    known.victims?.add(server.address);
    // Beyond the maximum, the victims count as unknown.
    if (known.victims && known.victims.size > MOST_VICTIMS) known.victims = undefined;
  }

  all(): Label[] {
    return [...this.labels.values()];
  }
}
