/** A Firehose record of whole rows: Firehose counts, limits and bills by the record. */
export interface FirehoseRecord {
  /** At most 1,024,000 bytes (Firehose quota). */
  data: Uint8Array;
  rows: number;
}

/** Memory that grows in pages of 64 KiB, such as a WebAssembly.Memory. */
export interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): unknown;
}

/**
 * Makes the buffer of rows, which every event reuses. Rows are written one after another, from `start` on, and
 * gathered into records of up to 1,000 KiB (Firehose quota). The memory is the given one, which the WebAssembly module
 * shares, or a new one. It never shrinks, so it stays as large as the rows of the largest event.
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
  /** The full records, and the open one. */
  let full: { from: number; to: number; rows: number }[] = [];
  let from = start;
  let count = 0;

  const rows = {
    /** Offset of the next row. */
    end: start,
    /** Offset at which the open record is full. */
    limit: start + RECORD_BYTES,

    /** Grows the memory until so many bytes fit behind the rows. The memory's `buffer` may be a new one then. */
    reserve(more: number) {
      const missing = rows.end + more - memory.buffer.byteLength;
      if (missing > 0) memory.grow(ceil(missing / PAGE));
    },

    /** Adds the bytes up to `to`, which hold so many rows, to the open record. */
    take(to: number, more: number) {
      rows.end = to;
      count += more;
    },

    /** Closes the open record, so that the next row begins another. */
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

    /** Returns the records. Their data is overwritten after `restart`. */
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
