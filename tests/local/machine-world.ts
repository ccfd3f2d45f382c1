import type { StateMachine as Machine } from "aws-local-stepfunctions";
import { LocalAthena } from "../../local/athena";
import type { Program } from "../../local/program";
import { SCHEDULED_TIME } from "../../queries/scheduled";
import { child } from "../components/graph";

// The interpreter is written for Node.js 22, which has this; it is a third party's, so it is independent of this project.
const withResolvers = () => {
  const resolvers: Record<string, unknown> = {};
  resolvers.promise = new Promise((resolve, reject) => Object.assign(resolvers, { resolve, reject }));
  return resolvers;
};
Object.assign(Promise, {
  withResolvers: (Promise as { withResolvers?: unknown }).withResolvers ?? withResolvers,
});
const { StateMachine } = require("aws-local-stepfunctions") as { StateMachine: typeof Machine };

/** An error as Step Functions names it. */
export const failure = (name: string, message: string) => Object.assign(new Error(message), { name });

/** A fault of a task: before it does anything, or, as `half`, after its work and before its answer. */
export interface Fault {
  error: Error;
  half?: boolean;
}

/** A task that never answers. Its state has a second here, so that nobody waits for a minute. */
export const HANGS: Fault = { error: failure("States.Timeout", "no answer") };

// biome-ignore lint/suspicious/noExplicitAny: each service has its own parameters
type Parameters = any;

const UNLOAD = /^UNLOAD \(([\s\S]*)\) TO 's3:\/\/([^/]+)\/(.*\/)' WITH \(format = 'JSON'\)$/;

/** The services that the machine calls: Athena is DuckDB over a lake, S3 and Glue are tables in memory, SNS a list. */
export class MachineWorld {
  readonly objects = new Map<string, string[]>();
  readonly partitions = new Map<string, string>();
  readonly messages: { TopicArn: string; Subject: string; Message: string }[] = [];
  /** Faults of each state, the next one first. */
  readonly faults = new Map<string, Fault[]>();
  /** How often each state was tried. */
  readonly tries = new Map<string, number>();
  private executions = 0;

  constructor(
    private readonly program: Program,
    private readonly lake: string,
  ) {}

  private get definition() {
    const definition = JSON.parse(child(this.program, "flows-detection").inputs.definition);
    for (const [state, faults] of this.faults)
      if (faults.includes(HANGS)) {
        // A state without a limit of its own would hang until the execution ends.
        if (!definition.States[state].TimeoutSeconds) throw new Error(`${state} has no TimeoutSeconds`);
        definition.States[state].TimeoutSeconds = 1;
      }
    return definition;
  }

  private nameOf(resource: string): string {
    return child(this.program, resource).state.name;
  }

  /** Athena: refuses a place where something is, and writes an object with a line of JSON for each row. */
  private async unload({ WorkGroup, QueryExecutionContext, QueryString }: Parameters, half: boolean) {
    const [, sql, bucket, prefix] = UNLOAD.exec(QueryString) ?? [];
    const expected = [this.nameOf("flows-workgroup"), this.nameOf("flows-database"), this.bucket];
    const got = [WorkGroup, QueryExecutionContext.Database, bucket];
    if (String(got) !== String(expected))
      throw failure("Athena.InvalidRequestException", `${got}: ${QueryString}`);
    if ([...this.objects.keys()].some((key) => key.startsWith(prefix)))
      throw failure("Athena.AthenaException", `HIVE_PATH_ALREADY_EXISTS: s3://${bucket}/${prefix}`);
    const athena = await LocalAthena.open(this.lake, undefined, true);
    try {
      const { rows } = await athena.ask(`SELECT CAST(to_json(found) AS VARCHAR) FROM (${sql}) AS found`);
      const lines = rows.map(([line]) => String(line));
      if (lines.length > 0) this.objects.set(`${prefix}0.gz`, half ? lines.slice(0, 1) : lines);
      return { QueryExecution: { QueryExecutionId: "0f3b1f5e" } };
    } finally {
      athena.close();
    }
  }

  private get bucket(): string {
    return child(this.program, "flows-lake").state.bucket;
  }

  private list({ Bucket, Prefix }: Parameters) {
    const count = [...this.objects.keys()].filter((key) => key.startsWith(Prefix)).length;
    return { Name: Bucket, KeyCount: Math.min(count, 1) };
  }

  private createPartition({ PartitionInput }: Parameters) {
    const key = PartitionInput.Values.join();
    if (this.partitions.has(key)) throw failure("Glue.AlreadyExistsException", "Partition already exists.");
    this.partitions.set(key, PartitionInput.StorageDescriptor.Location);
    return {};
  }

  private getPartition({ PartitionValues }: Parameters) {
    const Location = this.partitions.get(PartitionValues.join());
    if (Location === undefined) throw failure("Glue.EntityNotFoundException", "Cannot find partition.");
    return { Partition: { Values: PartitionValues, StorageDescriptor: { Location } } };
  }

  private call(resource: string, parameters: Parameters, half: boolean): unknown {
    switch (resource.replace(/^arn:aws:states:::/, "")) {
      case "athena:startQueryExecution.sync":
        return this.unload(parameters, half);
      case "aws-sdk:s3:listObjectsV2":
        return this.list(parameters);
      case "aws-sdk:glue:createPartition":
        return this.createPartition(parameters);
      case "aws-sdk:glue:getPartition":
        return this.getPartition(parameters);
      case "sns:publish":
        this.messages.push(parameters);
        return { MessageId: "0f3b1f5e" };
      default:
        throw new Error(`nobody plays ${resource}`);
    }
  }

  private async perform(state: string, resource: string, parameters: Parameters) {
    this.tries.set(state, (this.tries.get(state) ?? 0) + 1);
    const fault = this.faults.get(state)?.shift();
    if (fault === HANGS) return new Promise(() => {});
    if (fault && !fault.half) throw fault.error;
    const answer = await this.call(resource, parameters, fault !== undefined);
    if (fault) throw fault.error;
    return answer;
  }

  /**
   * Runs a detection that is due at an hour, such as 2026-01-15T10, as its schedule does. @throws what the execution
   * fails with.
   */
  async run(detection: string, due: string): Promise<void> {
    const { input } = child(this.program, `flows-detection-${detection}`).inputs.target;
    const Input = JSON.parse(input.replaceAll(SCHEDULED_TIME, `${due}:15:00Z`));
    this.executions++;
    this.tries.clear();
    const { definition } = this;
    const { States } = definition;
    const tasks = Object.entries<{ Type: string; Resource: string }>(States).filter(
      ([, { Type }]) => Type === "Task",
    );
    const Name = `execution-${this.executions}`;
    // The interpreter keeps no count of its own.
    const tried = () => this.tries.get("Ask") ?? 0;
    let answered = false;
    const State = {
      get RetryCount() {
        return answered ? tried() - 1 : tried();
      },
    };
    const handler =
      (state: string, resource: string) =>
      async (parameters: Parameters): Promise<Parameters> => {
        const answer = await this.perform(state, resource, parameters);
        if (state === "Ask") answered = true;
        return answer;
      };
    await new StateMachine(definition).run(Input, {
      context: {
        Execution: { Id: `arn:aws:states:us-east-1:123456789012:execution:${Name}`, Name, Input },
        State,
      },
      overrides: {
        taskResourceLocalHandlers: Object.fromEntries(
          tasks.map(([state, { Resource }]) => [state, handler(state, Resource)]),
        ),
        retryIntervalOverrides: Object.fromEntries(tasks.map(([state]) => [state, 0])),
      },
    }).result;
  }

  /** Rows of the table of findings: the objects of its partitions. */
  findings(): { detection: string; run: string; finding: Record<string, unknown> }[] {
    return [...this.partitions].flatMap(([values, location]) => {
      const [detection, run] = values.split(",");
      const prefix = location.replace(`s3://${this.bucket}/`, "");
      return [...this.objects]
        .filter(([key]) => key.startsWith(prefix))
        .flatMap(([, lines]) => lines.map((line) => ({ detection, run, finding: JSON.parse(line) })));
    });
  }
}
