import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { type LineFigures, noFigures } from "./figures";
import type { LakeFolder } from "./lake/folder";
import type { InvocationResult, LocalFunction } from "./lambda";
import type { DeclaredResource } from "./program";

/**
 * Lambda's queue for asynchronous invocations, such as those by CloudWatch Logs. It retries a failed event as declared, and
 * then writes it to the on-failure destination.
 */
export class LocalQueue {
  failedEvents = 0;
  /** Error of the last failed event. */
  why = "";

  constructor(
    private readonly fn: LocalFunction,
    private readonly failures: DeclaredResource,
    private readonly lake: LakeFolder,
  ) {}

  /** Invokes the function with an event. Returns the logged figures; undefined if all tries failed. */
  async invoke(event: object): Promise<LineFigures> {
    const attempts = 1 + (this.failures.inputs.maximumRetryAttempts ?? 2);
    for (let attempt = 1; ; attempt++) {
      const answer = await this.fn.call(event);
      if (!answer.error) return answer.figures;
      if (attempt < attempts) continue;
      this.keepFailedEvent(event, answer, attempts);
      return noFigures();
    }
  }

  /** Writes a failed event in the form of Lambda's S3 destination. */
  private keepFailedEvent(event: object, { error }: InvocationResult, attempts: number): void {
    this.failedEvents++;
    this.why = error?.errorMessage ?? "";
    const { name, arn } = this.fn.declared.state;
    const now = new Date().toISOString();
    const id = randomUUID();
    const file = this.lake.scratch(`failed-${id}.json`);
    writeFileSync(
      file,
      JSON.stringify({
        version: "1.0",
        timestamp: now,
        requestContext: {
          requestId: id,
          functionArn: `${arn}:$LATEST`,
          condition: "RetriesExhausted",
          approximateInvokeCount: attempts,
        },
        requestPayload: event,
        responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
        responsePayload: error,
      }),
    );
    const day = now.slice(0, 10).replaceAll("-", "/");
    const time = now.slice(0, 19).replaceAll(":", ".");
    this.lake.put(`aws/lambda/async/${name}/${day}/${time}-${id}`, file);
  }
}
