import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { type LineFigures, noFigures } from "./figures";
import type { LakeFolder } from "./lake/folder";
import type { InvocationResult, LocalFunction } from "./lambda";
import type { DeclaredResource } from "./program";

/**
 * Lambda's queue of events before a function, which is how CloudWatch Logs invokes one: an event that the function
 * fails on has the declared retries, and what still fails goes to the on-failure destination.
 */
export class LocalQueue {
  failedEvents = 0;
  /** Why the last of them failed. */
  why = "";

  constructor(
    private readonly fn: LocalFunction,
    private readonly failures: DeclaredResource,
    private readonly lake: LakeFolder,
  ) {}

  /** Gives what the function logged about the lines of the event: nothing, if it failed on it every time. */
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

  /** As Lambda writes it to an S3 destination. */
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
