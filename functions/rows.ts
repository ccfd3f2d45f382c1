import type { FirehoseRecord } from "./deliver";

/**
 * Factory of the place for rows: one buffer, used again for every event, in which rows follow one another and are
 * gathered into records of up to 1,000 KiB (Firehose quota). Whoever writes bytes does so from `end`, after `reserve`.
 */
export const makeRows = () => {
  const B = Buffer;
  const RECORD_BYTES = 1_024_000;
  const bytes = B.allocUnsafe(1024 * 1024);
  /** Records that are full, and the one that is not yet. */
  let full: { from: number; to: number; rows: number }[] = [];
  let from = 0;
  let count = 0;

  const rows = {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
    /** Where the next row begins. */
    end: 0,

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
      if (to - from > RECORD_BYTES) {
        if (to - rows.end > RECORD_BYTES) return false;
        full.push({ from, to: rows.end, rows: count });
        from = rows.end;
        count = 0;
      }
      count++;
      rows.end = to;
      return true;
    },

    restart() {
      rows.end = 0;
      full = [];
      from = 0;
      count = 0;
    },

    /** The records; their data is overwritten after `restart`. */
    gathered(): FirehoseRecord[] {
      const open = count > 0 ? [{ from, to: rows.end, rows: count }] : [];
      return [...full, ...open].map((record) => ({
        data: rows.bytes.subarray(record.from, record.to),
        rows: record.rows,
      }));
    },
  };
  return rows;
};

export type Rows = ReturnType<typeof makeRows>;
