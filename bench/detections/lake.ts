import { limitGarbage } from "../../local/garbage";
import { record } from "../../local/lake/record";
import { Pipeline } from "../../local/pipeline";
import { Replay } from "../../local/replay";
import { CaptureError } from "./error";
import type { Inside } from "./inside";
import { LAYOUT, linesOf } from "./lines";
import type { Piece } from "./windows";

/** Fills a lake through the stack: each line passes the function and the stream, as in AWS. */
export class Lake {
  private readonly replay = new Replay(Date.now());

  private constructor(
    private readonly pipeline: Pipeline,
    private readonly began: Date,
  ) {}

  static async open(dir: string): Promise<Lake> {
    limitGarbage();
    const config = { fields: "recommended" };
    const pipeline = await Pipeline.open({ stack: "dev", config, lakeDir: dir, replace: false });
    return new Lake(pipeline, new Date());
  }

  /** Lines that were sent so far. */
  get lines(): number {
    return this.pipeline.lines;
  }

  async put(text: string): Promise<void> {
    for (const batch of this.replay.add({ text, layout: LAYOUT })) await this.pipeline.send(batch);
  }

  /** Sends the lines of a connection's window. */
  async putPiece(piece: Piece, inside: Inside): Promise<void> {
    for (const line of linesOf(piece, inside)) await this.put(line);
  }

  /**
   * Makes the rows visible.
   * @throws CaptureError unless every line has become a row.
   */
  async finish(): Promise<void> {
    for (const batch of this.replay.rest()) await this.pipeline.send(batch);
    const { totals, stream } = await this.pipeline.finish((ended, lake) =>
      record(lake, { inputs: [], files: ended.stream.files, isMadeUp: false }, this.began),
    );
    if (stream.rows !== totals.lines || totals.unparsed > 0)
      throw new CaptureError(
        `${totals.lines} lines went into the stack, ${stream.rows} rows came out, and ${totals.unparsed} lines did not fit`,
      );
  }

  close(): Promise<void> {
    return this.pipeline.close();
  }
}
