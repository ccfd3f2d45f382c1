import { askAll } from "./ask";
import type { Measurement } from "./capture-report";
import type { Connection } from "./connection";
import { CaptureError } from "./error";
import { type Capture, openCapture } from "./forms";
import { Inside } from "./inside";
import { type Label, OwnLabels, readLabels } from "./labels";
import { Lake } from "./lake";
import { unlookedFor, verdictsOn } from "./verdict";
import { Aggregation, piecesOf } from "./windows";

/** Options of a measurement. */
export interface Setting {
  file: string;
  /** A file of labels, in place of the capture's own. */
  labels?: string;
  /** An empty folder for the lake. */
  lake: string;
  inside: string;
  /** Seconds of an aggregation window. */
  window: number;
  /** Values of parameters, by `QUERY.PARAMETER`. */
  values: Record<string, string>;
}

/** Running counts of a capture. */
export interface Seen {
  connections: number;
  outside: number;
  from: number;
  to: number;
  own: OwnLabels;
}

export const seenNothing = (): Seen => ({
  ...{ connections: 0, outside: 0, own: new OwnLabels() },
  ...{ from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY },
});

/** Receivers of connections: the lake, and the hosts inside. */
interface Way {
  aggregation: Aggregation;
  lake: Lake;
  inside: Inside;
  /** Seconds of an aggregation window. */
  window: number;
  seen: Seen;
}

/** Sends a connection through the stack, as the lines that the interfaces inside would log. */
export const take = async (connection: Connection, { aggregation, lake, inside, window, seen }: Way) => {
  seen.connections++;
  const { client, server, start, end } = connection;
  if (!inside.has(client.address) && !inside.has(server.address)) {
    seen.outside++;
    return;
  }
  seen.own.take(connection);
  seen.from = Math.min(seen.from, start);
  seen.to = Math.max(seen.to, end);
  for (const piece of piecesOf(connection, window))
    for (const done of aggregation.add(piece)) await lake.putPiece(done, inside);
};

const fill = async (capture: Capture, lake: Lake, inside: Inside, window: number): Promise<Seen> => {
  const way: Way = { aggregation: new Aggregation(), lake, inside, window, seen: seenNothing() };
  for await (const connection of capture.connections) await take(connection, way);
  for (const piece of way.aggregation.rest()) await lake.putPiece(piece, inside);
  return way.seen;
};

/** @throws CaptureError if there is nothing that an interface would log. */
export const checkSeen = ({ connections, outside }: Seen, file: string) => {
  if (connections === 0) throw new CaptureError(`${file}: it has no traffic of IP`);
  if (connections === outside)
    throw new CaptureError(
      `${file}: none of its ${connections} connections has an end that is inside; name the network that was watched, as --inside 147.32.0.0/16`,
    );
};

/**
 * Measures the detections on a capture.
 * @throws CaptureError or InputError for what cannot be read.
 */
export const measureCapture = async (setting: Setting): Promise<Measurement> => {
  const { file, window, values } = setting;
  // Reads the labels first, so that a mistake in them shows before a long capture is read.
  const given: Label[] | undefined = setting.labels ? await readLabels(setting.labels) : undefined;
  const capture = await openCapture(file);
  const inside = new Inside(setting.inside);
  const lake = await Lake.open(setting.lake);
  try {
    const seen = await fill(capture, lake, inside, window);
    checkSeen(seen, file);
    await lake.finish();
    const [from, to] = [Math.floor(seen.from), Math.floor(seen.to) + 1];
    const question = {
      from,
      to,
      inside: setting.inside,
      values,
      addressOf: (id: string) => inside.addressOf(id),
    };
    const labels = given ?? seen.own.all();
    return {
      ...{ file, form: capture.form.name, window, from, to, leftOut: capture.leftOut },
      ...{
        connections: seen.connections,
        outside: seen.outside,
        lines: lake.lines,
        hosts: inside.hosts.length,
      },
      labels: labels.length,
      labelsFrom: setting.labels ? `from ${setting.labels}` : "by the capture's makers",
      modelled: capture.form.models,
      verdicts: verdictsOn(await askAll(setting.lake, question), labels),
      unlookedFor: Object.fromEntries(unlookedFor(labels)),
    };
  } finally {
    await lake.close();
  }
};
