import { gzipSync } from "node:zlib";
import type { SubscriptionEvent } from "../functions/decode";
import type { DeclaredResource } from "./program";
import { ACCOUNT_ID } from "./provider";

/** A log event on its way to a subscriber. */
export interface LogEvent {
  /** Epoch milliseconds. */
  timestamp: number;
  message: string;
}

/** CloudWatch Logs as declared: a log group and the one subscription that hands its events to a function. */
export class LocalLogGroup {
  private sequence = 0;

  constructor(
    private readonly group: DeclaredResource,
    private readonly filter: DeclaredResource,
    fn: DeclaredResource,
  ) {
    const { logGroup, destinationArn, filterPattern } = filter.inputs;
    if (logGroup !== group.state.name)
      throw new Error(`${filter.name} subscribes to ${logGroup}, not ${group.state.name}`);
    if (destinationArn !== fn.state.arn)
      throw new Error(`${filter.name} sends to ${destinationArn}, not ${fn.state.arn}`);
    if (filterPattern !== "") {
      throw new Error(
        `the local run knows the empty filter pattern alone; ${filter.name} has "${filterPattern}"`,
      );
    }
  }

  /** What the subscriber is invoked with for some events of a log stream. */
  event(logStream: string, events: LogEvent[]): SubscriptionEvent {
    const envelope = {
      messageType: "DATA_MESSAGE",
      owner: ACCOUNT_ID,
      logGroup: this.group.state.name,
      logStream,
      subscriptionFilters: [this.filter.state.name],
      logEvents: events.map(({ timestamp, message }) => ({
        id: String(this.sequence++).padStart(56, "0"),
        timestamp,
        message,
      })),
    };
    return { awslogs: { data: gzipSync(JSON.stringify(envelope), { level: 1 }).toString("base64") } };
  }
}
