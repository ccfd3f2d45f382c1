import type { FirehoseRecord } from "./deliver";

/**
 * Factory of the place for rows: one buffer, used again for every event, in which rows follow one another and are
 * gathered into records of up to 1,000 KiB (Firehose quota). Whoever writes bytes does so from `end`, after `reserve`.
 */
export const makeRows = () => {
  const B = Buffer;
  const RECORD_BYTES = 1_024_000;
  const bytes = B.allocUnsafe(1024 * 1024);

  const rows = {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
    /** Where the next row begins. */
    end: 0,
    records: [] as { from: number; to: number; rows: number }[],

    /** Makes room for so many bytes behind the rows. `bytes` and `view` may be others then. */
    reserve(more: number) {
      const { end, bytes: old } = rows;
      if (end + more <= old.length) return;
      const larger = B.allocUnsafe(end + more > old.length * 2 ? end + more : old.length * 2);
      old.copy(larger, 0, 0, end);
      rows.bytes = larger;
      rows.view = new DataView(larger.buffer, larger.byteOffset, larger.length);
    },

    /** Takes what was written up to `to` as a row. False if no record could ever hold it: then it is not taken. */
    take(to: number): boolean {
      const open = rows.records[rows.records.length - 1];
      if (open !== undefined && to - open.from <= RECORD_BYTES) {
        open.to = to;
        open.rows++;
      } else {
        if (to - rows.end > RECORD_BYTES) return false;
        rows.records.push({ from: rows.end, to, rows: 1 });
      }
      rows.end = to;
      return true;
    },

    restart() {
      rows.end = 0;
      rows.records = [];
    },

    /** The records; their data is overwritten after `restart`. */
    gathered(): FirehoseRecord[] {
      return rows.records.map((record) => ({
        data: rows.bytes.subarray(record.from, record.to),
        rows: record.rows,
      }));
    },
  };
  return rows;
};

export type Rows = ReturnType<typeof makeRows>;
