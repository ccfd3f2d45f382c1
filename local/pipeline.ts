import { writeFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import type { EtlReport } from "../functions/etl";
import { type Layout, layoutOfColumns, parseFormat, union } from "../schema/layout";
import { definitionOf, readDefinition } from "./athena";
import { FirehoseEndpoint } from "./endpoint";
import { LocalStream } from "./firehose";
import { LakeFolder, TABLE_KEY } from "./folder";
import { LocalFunction } from "./lambda";
import { LocalLogGroup } from "./logs";
import { type DeclaredResource, type Program, runProgram } from "./program";
import type { Batch } from "./replay";

/** The one resource of a type, and of a name's ending where a stack has several. */
const find = ({ resources }: Program, type: string, ending = ""): DeclaredResource => {
  const found = resources.find((r) => r.type === type && r.name.endsWith(ending));
  if (!found) throw new Error(`the program declares no ${type} "*${ending}"`);
  return found;
};

/** The log group that flow logs of this program's format write to. */
const writtenGroup = (program: Program): DeclaredResource => {
  const { logDestination } = find(program, "aws:ec2/flowLog:FlowLog").inputs;
  const found = program.resources.find((r) => r.state.arn === logDestination);
  if (!found) throw new Error(`the program declares no log group ${logDestination}`);
  return found;
};

const tableOf = (program: Program) => find(program, "aws:glue/catalogTable:CatalogTable");
const streamOf = (program: Program) =>
  find(program, "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream");

/** Capture and ETL of one format. */
interface Lane {
  logs: LocalLogGroup;
  fn: LocalFunction;
  lines: number;
  unparsed: number;
}

/** What came out at the end of a run. */
export interface PipelineTotals {
  lines: number;
  rows: number;
  /** Lines that the stack is told to leave out. */
  dropped: number;
  unparsed: number;
  invocations: number;
  failedEvents: number;
  rawBytes: number;
}

const nameList = (layout: Layout) => layout.fields.map((f) => f.name);

/** The layout of the table that a lake has already, from an earlier run. */
const existingLayout = (dir: string): Layout[] => {
  const definition = readDefinition(dir);
  return definition ? [layoutOfColumns(definition.columns.map((c) => c.name))] : [];
};

/**
 * The stack on this machine: every format has the log group, subscription and function that index.ts declares for it,
 * and all of them share one stream, lake and table, which has the columns of all.
 */
export class Pipeline {
  readonly totals: PipelineTotals = {
    lines: 0,
    rows: 0,
    dropped: 0,
    unparsed: 0,
    invocations: 0,
    failedEvents: 0,
    rawBytes: 0,
  };
  private readonly programs = new Map<string, Program>();
  private readonly lanes = new Map<string, Lane>();
  private readonly layouts: Layout[];
  private stream: LocalStream | undefined;
  private now = new Date();
  private underWay: Promise<void> = Promise.resolve();

  private constructor(
    private readonly stack: string,
    private readonly config: Record<string, string>,
    private readonly lake: LakeFolder,
    private readonly endpoint: FirehoseEndpoint,
    private readonly url: string,
    replace: boolean,
  ) {
    this.layouts = replace ? [] : existingLayout(lake.dir);
  }

  /** `config` replaces the stack's values. `replace`: the lake is made anew; otherwise what comes is added to it. */
  static async open(
    stack: string,
    config: Record<string, string>,
    lakeDir: string,
    replace: boolean,
  ): Promise<Pipeline> {
    const lake = new LakeFolder(lakeDir, replace);
    const endpoint = new FirehoseEndpoint();
    return new Pipeline(stack, config, lake, endpoint, await endpoint.listen(), replace);
  }

  /** Sends a batch of lines through capture, ETL and Firehose; one is under way while the next is made ready. */
  async send({ layout, hour, events }: Batch): Promise<void> {
    const lane = this.lanes.get(layout.format) ?? (await this.openLane(layout));
    const event = lane.logs.event(`eni-local-${layout.fields.length}`, events);
    await this.underWay;
    this.now = hour;
    lane.lines += events.length;
    this.totals.lines += events.length;
    this.underWay = lane.fn.invoke(event).then((report) => this.count(lane, report));
    // Whoever waits for it next hears of a failure; until then it is not unhandled.
    this.underWay.catch(() => {});
  }

  private count(lane: Lane, report: EtlReport | undefined): void {
    if (!report) return;
    lane.unparsed += report.unparsed;
    this.totals.rows += report.rows;
    this.totals.dropped += report.dropped;
    this.totals.unparsed += report.unparsed;
    this.totals.rawBytes += report.rawBytes;
  }

  /** The format that the stack itself configures: its flow log's. */
  async stackLayout(): Promise<Layout> {
    const program = await runProgram(this.stack, this.config);
    const layout = parseFormat(find(program, "aws:ec2/flowLog:FlowLog").inputs.logFormat);
    this.programs.set(layout.format, program);
    return layout;
  }

  /** What index.ts declares for a format. */
  private async program(layout: Layout): Promise<Program> {
    const program =
      this.programs.get(layout.format) ??
      (await runProgram(this.stack, { ...this.config, fields: nameList(layout) }));
    this.programs.set(layout.format, program);
    return program;
  }

  private async openLane(layout: Layout): Promise<Lane> {
    const program = await runProgram(this.stack, { ...this.config, fields: nameList(layout) });
    this.layouts.push(layout);
    const all = union(this.layouts);
    await this.openStream(
      all.format === layout.format
        ? program
        : await runProgram(this.stack, { ...this.config, fields: nameList(all) }),
    );
    const fn = find(program, "aws:lambda/function:Function");
    const failures = find(program, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig");
    const where = { endpoint: this.url, region: program.region, lake: this.lake };
    const lane = {
      fn: await LocalFunction.create(fn, failures, where),
      logs: new LocalLogGroup(
        writtenGroup(program),
        find(program, "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter"),
        fn,
      ),
      lines: 0,
      unparsed: 0,
    };
    this.lanes.set(layout.format, lane);
    return lane;
  }

  /** Makes the stream and the table, or brings them up to date with a format that came later. */
  private async openStream(program: Program): Promise<LocalStream> {
    const table = tableOf(program);
    const definition = this.lake.scratch("table");
    writeFileSync(definition, JSON.stringify(definitionOf(table), null, 2));
    this.lake.put(TABLE_KEY, definition);
    if (this.stream) {
      this.stream.update(streamOf(program), table);
      return this.stream;
    }
    const db = await (await DuckDBInstance.create()).connect();
    this.stream = new LocalStream(streamOf(program), table, this.lake, db, () => this.now);
    this.endpoint.add(this.stream);
    return this.stream;
  }

  /** Ends the flow: Firehose writes what it holds, and everything becomes visible in the lake. */
  async finish(): Promise<LocalStream> {
    await this.underWay;
    // With no line at all there is still a table, empty, in the stack's own format.
    const stream = this.stream ?? (await this.openStream(await this.program(await this.stackLayout())));
    await stream.flush();
    for (const { fn } of this.lanes.values()) {
      this.totals.invocations += fn.invocations;
      this.totals.failedEvents += fn.failedEvents;
    }
    this.lake.commit();
    return stream;
  }

  /** Lines and unfitting lines by format, for hints. */
  fits(): { format: string; lines: number; unparsed: number }[] {
    return [...this.lanes].map(([format, { lines, unparsed }]) => ({ format, lines, unparsed }));
  }

  /** Ends every process and removes what was not finished. */
  async close(): Promise<void> {
    for (const { fn } of this.lanes.values()) fn.stop();
    await this.endpoint.close();
    this.lake.close();
  }
}
