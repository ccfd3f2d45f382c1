import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { QueryExecution } from "@aws-sdk/client-athena";
import type { AnswerStream } from "../../../local/athena/answer";
import { QueryError } from "../../../local/athena/query-error";
import { LATE_HOURS } from "../../../queries";
import { SCAN, usdOf } from "../../../queries/cost";
import { INSIDE_BLOCKS } from "../../../queries/flow-table";
import { blocksOf } from "../../../queries/prefixes";
import { layoutOfColumns } from "../../../schema/layout";
import { Progress } from "../../output/progress";
import { type Definition, type Engine, type Explanation, hourText, Stopped } from "../engine";
import { rowsToParquet } from "../parquet";
import type { Question } from "../question";
import type { Latest, Window } from "../window";
import { AthenaApi } from "./client";
import { resultsOf } from "./results";
import type { AthenaTarget } from "./target";

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5000;

/** Athena's price in most regions, by bytes read, 10 MB at least. DDL and a reused result are free. */
export const costOf = ({ StatementType, Statistics }: QueryExecution): number => {
  const reused = Statistics?.ResultReuseInformation?.ReusedPreviousResult;
  if (StatementType === "DDL" || reused) return 0;
  return usdOf(Statistics?.DataScannedInBytes ?? 0);
};

const read = ({ Statistics }: QueryExecution) =>
  `${((Statistics?.DataScannedInBytes ?? 0) / 1e6).toFixed(1)} MB read`;

const bill = (execution: QueryExecution) => {
  const usd = costOf(execution).toFixed(6);
  const seconds = ((execution.Statistics?.TotalExecutionTimeInMillis ?? 0) / 1000).toFixed(1);
  return `${read(execution)} in ${seconds} s, about ${usd} USD (${SCAN.usdPerTb} a TB, 10 MB at least)`;
};

/** Engine for a stack's lake in AWS, with its workgroup. */
export class AthenaEngine implements Engine {
  private readonly progress = new Progress();

  private opened: AthenaApi | undefined;

  /**
   * Aborting `signal` stops the running query. `now` is the end of windows, in epoch seconds.
   */
  constructor(
    private readonly place: AthenaTarget,
    private readonly signal: AbortSignal,
    private readonly now: number,
  ) {}

  get table(): string {
    return this.place.table;
  }

  async latest(): Promise<Latest> {
    return { to: this.now };
  }

  private async wait(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.signal }).catch(() => {});
  }

  private async stop(api: AthenaApi, id: string): Promise<never> {
    this.progress.clear();
    await api.stop(id);
    throw new Stopped(`stopped query ${id}; what it had read until then is billed`);
  }

  /** Waits for the end of the query, and returns its execution. */
  private async ended(api: AthenaApi, id: string): Promise<QueryExecution> {
    for (let ms = FIRST_PAUSE_MS; ; ms = Math.min(ms * 1.5, LONGEST_PAUSE_MS)) {
      if (this.signal.aborted) return this.stop(api, id);
      const execution = await api.execution(id);
      const state = execution.Status?.State ?? "QUEUED";
      if (state !== "QUEUED" && state !== "RUNNING") return execution;
      this.progress.show(`${state.toLowerCase()}, ${read(execution)}`);
      await this.wait(ms);
    }
  }

  async stream(sql: string): Promise<AnswerStream> {
    const api = await AthenaApi.open(this.place);
    this.opened = api;
    const id = await api.start(sql, randomUUID());
    const execution = await this.ended(api, id);
    this.progress.clear();
    const { State, StateChangeReason, AthenaError } = execution.Status ?? {};
    if (State !== "SUCCEEDED") {
      const why = AthenaError?.ErrorMessage ?? StateChangeReason ?? "Athena does not say why";
      throw new QueryError(`query ${id} ${State?.toLowerCase()}: ${why.split("\n")[0]}`);
    }
    const answer = await resultsOf(api, id);
    this.progress.say(bill(execution));
    return answer;
  }

  /** Reads the table's definition, which is free; undefined for callers without that permission. */
  async definition(): Promise<Definition | undefined> {
    const api = await AthenaApi.open(this.place);
    try {
      const { columns, parameters } = await api.metadata(this.table);
      return { layout: layoutOfColumns(columns), inside: blocksOf(parameters[INSIDE_BLOCKS] ?? "") };
    } catch {
      return undefined;
    } finally {
      api.close();
    }
  }

  async explain(sql: string, { values }: Question, window: Window): Promise<Explanation> {
    if (!values) return { sql, note: "the SQL has no :window to count partitions of; nothing was run" };
    const { from, to, late = LATE_HOURS, days = 0 } = values(window) as Record<string, number>;
    const [first, last] = [from - days * 86_400, to + late * 3600].map((at) => Math.floor(at / 3600) * 3600);
    return {
      sql,
      partitions: { read: (last - first) / 3600 + 1, first: hourText(first), last: hourText(last) },
      note: "partitions by the window, at most those that there are; nothing was run",
    };
  }

  async save(sql: string, file: string): Promise<number> {
    return rowsToParquet(await this.stream(sql), file);
  }

  close(): void {
    this.opened?.close();
  }
}
