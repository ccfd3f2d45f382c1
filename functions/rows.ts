/** A Firehose record of whole rows: Firehose counts, limits and bills by the record. */
export interface FirehoseRecord {
  /** At most 1,024,000 bytes (Firehose quota). */
  data: Uint8Array;
  rows: number;
}

/** Memory that grows, in pages of 64 KiB, as WebAssembly's does. */
export interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): unknown;
}

/**
 * Factory of the place for rows: the rest of a memory from `start` on, used again for every event, in which rows follow
 * one another and are gathered into records of up to 1,000 KiB (Firehose quota). It is the memory given, which who
 * writes into it may share, or else its own. It stays as large as the rows of the largest event were.
 */
export const makeRows = (given: Memory | undefined, start: number) => {
  const B = Buffer;
  const { ceil } = Math;
  const PAGE = 65_536;
  const own = {
    buffer: new ArrayBuffer(0),
    grow(pages: number) {
      const larger = new Uint8Array((own.buffer.byteLength + pages * PAGE) * 2);
      larger.set(new Uint8Array(own.buffer));
      own.buffer = larger.buffer;
    },
  };
  const memory = given ?? own;
  const RECORD_BYTES = 1_024_000;
  /** Records that are full, and the one that is not yet. */
  let full: { from: number; to: number; rows: number }[] = [];
  let from = start;
  let count = 0;

  const rows = {
    /** Where the next row begins. */
    end: start,
    /** Where it has to end to be in the open record. */
    limit: start + RECORD_BYTES,

    /** Makes room for so many bytes behind the rows. The memory's `buffer` may be another then. */
    reserve(more: number) {
      const missing = rows.end + more - memory.buffer.byteLength;
      if (missing > 0) memory.grow(ceil(missing / PAGE));
    },

    /** Takes what was written up to `to` as so many rows of the open record. */
    take(to: number, more: number) {
      rows.end = to;
      count += more;
    },

    /** Ends the open record: the next row begins another. */
    close() {
      if (count > 0) full.push({ from, to: rows.end, rows: count });
      from = rows.end;
      rows.limit = from + RECORD_BYTES;
      count = 0;
    },

    /** Writes a row. */
    write(row: string) {
      const bytes = B.byteLength(row);
      if (bytes > RECORD_BYTES) throw new Error(`a row of ${bytes} bytes is longer than a record`);
      if (rows.end + bytes > rows.limit) rows.close();
      rows.reserve(bytes);
      B.from(memory.buffer, rows.end, bytes).write(row);
      rows.take(rows.end + bytes, 1);
    },

    restart() {
      full = [];
      count = 0;
      rows.end = start;
      rows.close();
    },

    /** The records; their data is overwritten after `restart`. */
    gathered(): FirehoseRecord[] {
      rows.close();
      return full.map((record) => ({
        data: new Uint8Array(memory.buffer, record.from, record.to - record.from),
        rows: record.rows,
      }));
    },
  };
  return rows;
};

export type Rows = ReturnType<typeof makeRows>;
