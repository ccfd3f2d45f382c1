import { writeFileSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { definitionOf } from "./athena/definition";
import type { LineFigures } from "./figures";
import { LocalStream } from "./firehose";
import { openConverter } from "./firehose/convert";
import { FirehoseEndpoint } from "./firehose/endpoint";
import { LakeFolder, TABLE_KEY } from "./lake/folder";
import { LocalFunction } from "./lambda";
import type { DeclaredResource, Program } from "./program";
import { LocalQueue } from "./queue";

const TABLE = "aws:glue/catalogTable:CatalogTable";
const STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const FUNCTION = "aws:lambda/function:Function";
const FAILURES = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";

/** Returns the only resource of a type. */
const find = ({ resources }: Program, type: string): DeclaredResource => {
  const found = resources.find((r) => r.type === type);
  if (!found) throw new Error(`the program declares no ${type}`);
  return found;
};

/** Options of a local stack. */
interface StackLocation {
  lakeDir: string;
  /** True to replace the lake; otherwise rows are added to it. */
  replace: boolean;
  clock: () => Date;
  /** The endpoint's port; any, if absent. */
  port?: number;
}

/** Runs a program's resources on this machine: function, streams and table behind a Firehose endpoint. */
export class LocalStack {
  readonly streams = new Map<string, LocalStream>();
  private program: Program | undefined;
  private fn: LocalFunction | undefined;
  private queue: LocalQueue | undefined;
  private readonly before = { invocations: 0, failedEvents: 0 };

  private constructor(
    readonly lake: LakeFolder,
    readonly endpoint: FirehoseEndpoint,
    readonly url: string,
    /** Rejects on an error of this machine, such as a full disk, for which clients would retry in vain. */
    readonly fault: Promise<never>,
    private readonly db: DuckDBConnection,
    private readonly clock: () => Date,
  ) {}

  static async open({ lakeDir, replace, clock, port }: StackLocation): Promise<LocalStack> {
    const lake = new LakeFolder(lakeDir, replace);
    try {
      lake.claim();
      let fail: (error: unknown) => void = () => {};
      const fault = new Promise<never>((_, reject) => {
        fail = reject;
      });
      // The sender of lines awaits it too. This handler keeps Node from ending the process before that.
      fault.catch(() => {});
      const endpoint = new FirehoseEndpoint(fail);
      const url = await endpoint.listen(port);
      return new LocalStack(lake, endpoint, url, fault, await openConverter(), clock);
    } catch (error) {
      lake.close();
      throw error;
    }
  }

  /** Creates the program's resources, or updates the existing ones. */
  async deploy(program: Program): Promise<void> {
    if (this.program === program) return;
    this.program = program;
    const definition = this.lake.scratch("table");
    writeFileSync(definition, JSON.stringify(definitionOf(find(program, TABLE)), null, 2));
    this.lake.put(TABLE_KEY, definition);
    this.stop();
    const where = { endpoint: this.url, region: program.region, lake: this.lake };
    this.fn = await LocalFunction.create(find(program, FUNCTION), where);
    const failures = program.resources.find((r) => r.type === FAILURES);
    this.queue = failures && new LocalQueue(this.fn, failures, this.lake);
    for (const declared of program.resources.filter((r) => r.type === STREAM)) this.addStream(declared);
  }

  /** Returns a stream that the program declares, or an old one that is being replaced. */
  addStream(declared: DeclaredResource): LocalStream {
    const table = find(this.program as Program, TABLE);
    const { lake, db, clock } = this;
    const made = this.streams.get(declared.state.arn);
    const stream = made ?? new LocalStream(declared, table, { lake, db, clock }, this.fn);
    made?.update(declared, table, this.fn);
    this.streams.set(declared.state.arn, stream);
    this.endpoint.add(stream);
    return stream;
  }

  /** Invokes the function as CloudWatch Logs does for a subscription. */
  async invoke(arn: string, event: object): Promise<LineFigures> {
    if (arn !== this.fn?.declared.state.arn) throw new Error(`the program declares no function ${arn}`);
    if (!this.queue) throw new Error(`${arn} has no place for events that it fails on`);
    return this.queue.invoke(event);
  }

  get invocations(): number {
    return this.before.invocations + (this.fn?.invocations ?? 0);
  }

  get failedEvents(): number {
    return this.before.failedEvents + (this.queue?.failedEvents ?? 0);
  }

  /** Error of the last failed event or record. */
  get why(): string {
    return this.queue?.why || ([...this.streams.values()].find((s) => s.figures?.why)?.figures?.why ?? "");
  }

  /** Writes the due buffers, and makes their objects visible. */
  async tick(): Promise<void> {
    for (const stream of this.streams.values()) await stream.tick();
    this.lake.commit();
  }

  /** Has all streams write their buffers; the lake's `commit` makes them visible. */
  async write(): Promise<void> {
    for (const stream of this.streams.values()) await stream.flush();
  }

  /** Accepts no more records, and has all streams write their buffers. */
  async drain(): Promise<void> {
    await this.endpoint.close();
    await this.write();
    this.lake.commit();
  }

  /** Ends all processes, and removes unfinished objects. */
  async close(): Promise<void> {
    this.stop();
    await this.endpoint.close();
    this.lake.close();
  }

  private stop(): void {
    this.before.invocations = this.invocations;
    this.before.failedEvents = this.failedEvents;
    this.fn?.stop();
    this.fn = undefined;
    this.queue = undefined;
  }
}
