import { randomInt, randomUUID } from "node:crypto";
import { addFigures, noFigures } from "../figures";
import type { InvocationResult, LocalFunction } from "../lambda";
import type { DeclaredResource } from "../program";

/** A record that a stream has taken. */
export interface TakenRecord {
  data: Buffer;
  arrival: Date;
}

/** A failed record, with the reason. */
export interface RefusedRecord extends TakenRecord {
  code: string;
  message: string;
  attempts: number;
  lambdaArn: string;
}

/** Receiver of the processed records. */
interface Sink {
  deliver(record: TakenRecord): Promise<void>;
  refuse(records: RefusedRecord[]): void;
}

/** Maximum bytes of a call (Lambda quota), and bytes of JSON around a record's data in it. */
const REQUEST_BYTES = 6 * 1024 * 1024;
const AROUND = 160;

const SAID: Record<string, string> = {
  "Lambda.FunctionError": "The Lambda function was successfully invoked but it returned an error result.",
  "Lambda.MissingRecordId":
    "One or more record Ids were not returned. Ensure that the Lambda function returns all received record Ids.",
  "Lambda.DuplicatedRecordId":
    "Multiple records were returned with the same record Id. Ensure that the Lambda function returns a unique record Id for each record.",
  "Lambda.ProcessingFailedStatus": "ProcessingFailed status set for record",
  "Lambda.InvalidReturnFormat": "The result is not one of Ok, Dropped and ProcessingFailed, or has no data.",
};

interface Returned {
  recordId?: string;
  result?: string;
  data?: string;
}

/** Returns a record id with as many digits as Firehose's ids have. */
const recordId = () => Array.from({ length: 7 }, () => randomInt(1e7, 1e8)).join("");

/** Result of a record, from the function's answer for its id: an error code if it failed. */
const codeOf = (returned: Returned[]): string | undefined => {
  const [first, second] = returned;
  if (!first) return "Lambda.MissingRecordId";
  if (second) return "Lambda.DuplicatedRecordId";
  if (first.result === "ProcessingFailed") return "Lambda.ProcessingFailedStatus";
  const isFine = first.result === "Dropped" || (first.result === "Ok" && typeof first.data === "string");
  return isFine ? undefined : "Lambda.InvalidReturnFormat";
};

/**
 * The stream's Lambda processor as declared. It buffers records by its hints, invokes the function, and handles each record
 * by the returned result. It repeats a failed call as often as declared, and then fails its records.
 */
export class LocalProcessor {
  readonly figures = noFigures();
  private readonly parameters: Record<string, string>;
  private waiting: TakenRecord[] = [];
  private bytes = 0;
  private requestBytes = 0;
  private underWay: Promise<void> = Promise.resolve();

  constructor(
    private readonly stream: DeclaredResource,
    private fn: LocalFunction,
    private readonly sink: Sink,
  ) {
    const [processor] = stream.inputs.extendedS3Configuration.processingConfiguration.processors;
    this.parameters = Object.fromEntries(
      processor.parameters.map((p: Record<string, string>) => [p.parameterName, p.parameterValue]),
    );
    const { arn } = fn.declared.state;
    if (processor.type !== "Lambda" || this.parameters.LambdaArn !== `${arn}:$LATEST`)
      throw new Error(
        `${stream.name} asks ${this.parameters.LambdaArn}, which the program does not declare: ${arn}`,
      );
  }

  /** Seconds for which it buffers records. */
  get interval(): number {
    return Number(this.parameters.BufferIntervalInSeconds ?? 60);
  }

  /** Takes over a changed function, as an update of the stack would. */
  update(fn: LocalFunction): void {
    this.fn = fn;
  }

  async take(record: TakenRecord): Promise<void> {
    const size = Number(this.parameters.BufferSizeInMBs ?? 1) * 1024 * 1024;
    const inRequest = Math.ceil(record.data.length / 3) * 4 + AROUND;
    const isFull = this.bytes + record.data.length > size || this.requestBytes + inRequest > REQUEST_BYTES;
    if (isFull || this.isDue(record.arrival)) await this.flush();
    this.waiting.push(record);
    this.bytes += record.data.length;
    this.requestBytes += inRequest;
    if (this.bytes >= size) await this.flush();
  }

  /**
   * Returns true if the interval of the waiting records is over. Time may also go back, in a run that replays the past.
   */
  isDue(now: Date): boolean {
    if (this.waiting.length === 0) return false;
    const age = (now.getTime() - this.waiting[0].arrival.getTime()) / 1000;
    return age < 0 || age >= this.interval;
  }

  /** Processes all waiting records. */
  async flush(): Promise<void> {
    const batch = this.waiting;
    this.waiting = [];
    this.bytes = 0;
    this.requestBytes = 0;
    if (batch.length > 0) this.underWay = this.underWay.then(() => this.process(batch));
    await this.underWay;
  }

  private async process(batch: TakenRecord[]): Promise<void> {
    const records = batch.map(({ data, arrival }) => ({
      recordId: recordId(),
      approximateArrivalTimestamp: arrival.getTime(),
      data: data.toString("base64"),
    }));
    const { answer, attempts } = await this.ask(records);
    addFigures(this.figures, answer.figures);
    const returned = new Map<string | undefined, Returned[]>();
    for (const record of (answer.result as { records?: Returned[] } | undefined)?.records ?? [])
      returned.set(record.recordId, [...(returned.get(record.recordId) ?? []), record]);
    const refused: RefusedRecord[] = [];
    for (const [n, record] of batch.entries()) {
      const ofRecord = returned.get(records[n].recordId) ?? [];
      const code = answer.error ? "Lambda.FunctionError" : codeOf(ofRecord);
      const [{ result, data = "" }] = [...ofRecord, {} as Returned];
      if (code)
        refused.push({
          ...record,
          ...{ code, message: SAID[code], attempts, lambdaArn: this.parameters.LambdaArn },
        });
      else if (result === "Ok") await this.sink.deliver({ ...record, data: Buffer.from(data, "base64") });
    }
    if (refused.length > 0) this.sink.refuse(refused);
  }

  private async ask(records: object[]): Promise<{ answer: InvocationResult; attempts: number }> {
    const most = 1 + Number(this.parameters.NumberOfRetries ?? 3);
    const { arn } = this.stream.state;
    const region = arn.split(":")[3];
    for (let attempts = 1; ; attempts++) {
      const answer = await this.fn.call({
        invocationId: randomUUID(),
        deliveryStreamArn: arn,
        region,
        records,
      });
      if (!answer.error || attempts === most) return { answer, attempts };
    }
  }
}
