import type { ChildProcess } from "node:child_process";

/** Arrivals at Firehose: records, their bytes, and the billed bytes, each record rounded up to 5 KiB. */
export interface Sent {
  records: number;
  bytes: number;
  billedBytes: number;
}

/** Waits for the next message of a child, and rejects if the child ends. */
export const message = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    const onExit = (code: number | null, signal: string | null) =>
      reject(new Error(`a process of the benchmark ended (${signal ?? `code ${code}`})`));
    child.once("exit", onExit);
    child.once("message", (reply) => {
      child.off("exit", onExit);
      resolve(reply as T);
    });
  });
