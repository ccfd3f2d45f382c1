import { gzipSync } from "node:zlib";
import type { DeclaredResource } from "./program";
import { ACCOUNT_ID } from "./program/provider";

/** A log event on its way to a subscriber. */
export interface LogEvent {
  /** Epoch milliseconds. */
  timestamp: number;
  message: string;
}

/** CloudWatch Logs as declared: a log group and its subscription filter. */
export class LocalLogGroup {
  private sequence = 0;

  constructor(
    private readonly group: string,
    private readonly filter: DeclaredResource,
  ) {
    const { logGroup, filterPattern } = filter.inputs;
    if (logGroup !== group) throw new Error(`${filter.name} subscribes to ${logGroup}, not ${group}`);
    if (filterPattern !== "") {
      throw new Error(
        `the local run supports only the empty filter pattern; ${filter.name} has "${filterPattern}"`,
      );
    }
  }

  /** Returns the gzipped envelope in which a subscriber gets events of a log stream. */
  envelope(logStream: string, events: LogEvent[]): Buffer {
    const envelope = {
      messageType: "DATA_MESSAGE",
      owner: ACCOUNT_ID,
      logGroup: this.group,
      logStream,
      subscriptionFilters: [this.filter.state.name],
      logEvents: events.map(({ timestamp, message }) => ({
        id: String(this.sequence++).padStart(56, "0"),
        timestamp,
        message,
      })),
    };
    return gzipSync(JSON.stringify(envelope), { level: 1 });
  }
}
