import type { DuckDBConnection } from "@duckdb/node-api";
import { open } from "../../bench/detections/measure";
import { rowsOf, type Written, write } from "./rows";

export const HERE = "10.0.0.5";
export const THERE = "198.51.100.7";
export const FIRST = "2026-03-04 10:00:00";
export const LAST = "2026-03-04 10:00:30";

/** A packet that an interface sent or received. */
export const sent = (more: Written = {}): Written => ({
  flow_direction: "egress",
  srcaddr: HERE,
  dstaddr: THERE,
  srcport: 40_000,
  dstport: 443,
  ...more,
});
export const received = (more: Written = {}): Written => ({
  flow_direction: "ingress",
  srcaddr: THERE,
  dstaddr: HERE,
  srcport: 443,
  dstport: 40_000,
  ...more,
});

/** Runs saved queries on a test's rows, each in a table of its own. */
export const asking = () => {
  let db: DuckDBConnection;
  before(async () => {
    db = await open();
  });
  after(() => db.closeSync());

  /** Returns the rows of an answer, each with its values as text. */
  return async (
    rows: Written[],
    ...asked: Parameters<typeof rowsOf> extends [unknown, ...infer A] ? A : never
  ): Promise<string[][]> => {
    await write(db, rows);
    return rowsOf(db, ...asked);
  };
};
