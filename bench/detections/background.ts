import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { table } from "../../docs/generate/markdown";
import { LocalAthena } from "../../local/athena";
import type { Connection } from "./connection";
import { openCapture } from "./forms";
import { Inside } from "./inside";
import { type Figures, figures } from "./judge";
import { Lake } from "./lake";
import { type Answers, DETECTIONS, LISTED, type Row } from "./measure";
import { checkSeen, type Seen, seenNothing, take } from "./measure-capture";
import { type Planted, plantedIn, SHOP } from "./planted";
import { Aggregation } from "./windows";

const DAY = 86_400;

/** A background to plant attacks into. */
export interface BackgroundSetting {
  file: string;
  inside: string;
  window: number;
  seed: number;
  /** Number of days, one after another, that repeat the same traffic. */
  repeat: number;
}

const later = (connection: Connection, seconds: number): Connection => ({
  ...connection,
  start: connection.start + seconds,
  end: connection.end + seconds,
});

/** Sends the background through the stack, day after day. */
const fill = async (
  dir: string,
  { file, window, repeat }: BackgroundSetting,
  inside: Inside,
): Promise<Seen> => {
  const lake = await Lake.open(dir);
  try {
    const aggregation = new Aggregation();
    const seen = seenNothing();
    for (let day = 0; day < repeat; day++) {
      const { connections } = await openCapture(file);
      for await (const connection of connections)
        await take(later(connection, day * DAY), { aggregation, lake, inside, window, seen });
    }
    for (const piece of aggregation.rest()) await lake.putPiece(piece, inside);
    checkSeen(seen, file);
    await lake.finish();
    return seen;
  } finally {
    await lake.close();
  }
};

const add = async (dir: string, { lines }: Planted) => {
  const lake = await Lake.open(dir);
  try {
    for (const line of lines()) await lake.put(line);
    await lake.finish();
  } finally {
    await lake.close();
  }
};

/** Returns the rows of each detection for a day. */
const ask = async (dir: string, from: number, inside: string): Promise<Record<string, Row[]>> => {
  const athena = await LocalAthena.open(dir);
  try {
    const rows: Record<string, Row[]> = {};
    for (const query of DETECTIONS.filter(({ name }) => name !== LISTED)) {
      const hasInside = query.parameters.some(({ name }) => name === "inside");
      const blocks: Record<string, string> = hasInside ? { inside } : {};
      const answer = await athena.ask(query.withValues({ from, to: from + DAY, rows: 100_000, ...blocks }));
      rows[query.name] = answer.rows.map((cells) =>
        Object.fromEntries(answer.columns.map((name, n) => [name, cells[n]])),
      );
    }
    return rows;
  } finally {
    athena.close();
  }
};

const HEAD = ["query", "planted", "found", "rows", "rows about what was planted", "rows without it"];

const rowOf = ({ query, attacks, rows, precision, falseAlarms }: Figures) => [
  query.name,
  String(attacks.length),
  String(attacks.filter(({ shown }) => shown).length),
  String(rows),
  rows === 0 ? "-" : String(Math.round(precision * rows)),
  String(falseAlarms),
];

/**
 * Plants attacks into a public capture, and measures each detection with the capture's hosts and their earlier traffic.
 */
export const measureBackground = async (setting: BackgroundSetting): Promise<string> => {
  const dir = mkdtempSync(join(tmpdir(), "background-"));
  const inside = new Inside([setting.inside, SHOP].filter((block) => block !== "").join(","));
  try {
    const seen = await fill(dir, setting, inside);
    const from = Math.floor(seen.from / DAY) * DAY;
    const days = Math.ceil((seen.to - from) / DAY);
    const planted = plantedIn(inside, { from, days }, setting.seed);
    const last = from + (days - 1) * DAY;
    const clean = await ask(dir, last, inside.list);
    await add(dir, planted);
    const attacked = await ask(dir, last, inside.list);
    const names = DETECTIONS.map(({ name }) => name);
    const answers = Object.fromEntries(
      names.map((name): [string, Answers] => [
        name,
        { clean: clean[name] ?? [], attacked: attacked[name] ?? [], harmless: [] },
      ]),
    );
    const all = figures([{ planted: planted.truths, answers }]).filter(({ query }) => query.name !== LISTED);
    const again = setting.repeat > 1 ? `, the same on each of ${setting.repeat} days` : "";
    return [
      `background  ${setting.file}: ${seen.connections - seen.outside} connections${again}, ${inside.hosts.length} hosts inside`,
      `planted     ${planted.truths.length} attacks with seed ${setting.seed} on the last of ${days} days, in which its hosts take part`,
      "",
      table(HEAD, all.map(rowOf)),
      "",
    ].join("\n");
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};
