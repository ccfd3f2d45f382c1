import type { makeDecode } from "./decode";
import type { makeFormats } from "./formats";
import { makeMetrics as importedMetrics } from "./metrics";
import { makeText as importedText } from "./text";
import { makeTexts as importedTexts } from "./texts";
import type { Transformed } from "./transform";

const makeMetrics = importedMetrics;
const makeText = importedText;
const makeTexts = importedTexts;

/** Event of a Firehose transformation; only the part that is read. `data` is base64. */
export interface TransformationEvent {
  deliveryStreamArn: string;
  records: { recordId: string; data: string }[];
}

/** Result of one record. Firehose stores the original of a failed record under the error prefix. */
export interface TransformationRecord {
  recordId: string;
  result: "Ok" | "Dropped" | "ProcessingFailed";
  data?: string;
}

/**
 * Makes the transformation that a stream invokes: records as they were put → records of rows. A record is a
 * subscription's gzipped envelope, or text: envelopes, `{"message": "…"}` and plain lines, one after another. A record
 * that is no text, or that becomes too long, fails alone.
 */
export const makeTransformation = (
  { inflate, logGroup }: ReturnType<typeof makeDecode>,
  formats: ReturnType<typeof makeFormats>,
) => {
  const B = Buffer;
  const { hrtime } = process;
  const { max } = Math;
  const metrics = makeMetrics();
  const { utf8 } = makeText();
  const textsOf = makeTexts();
  let leftToInflate = 0;
  const GZIP = 0x8b1f;
  /** Maximum bytes of data in an answer: Firehose takes 6 MB, including the JSON around the data. */
  const MOST_ANSWER_BYTES = 6_000_000;
  const TOO_MUCH = "its rows do not fit into Firehose's 6 MB with those before them";
  const AROUND = 64;
  /** Maximum inflated bytes of a call's records together, and the bytes that each record may always have. */
  const [MOST_INFLATED, LEAST_INFLATED] = [64 * 1024 * 1024, 4 * 1024 * 1024];

  const milliseconds = () => Number(hrtime.bigint() / 1000n) / 1000;
  const isGzip = (bytes: Buffer) => bytes.length > 2 && bytes.readUInt16LE(0) === GZIP;

  /** The rows of a record in base64, and the counts of its lines. */
  const gather = () => {
    const pieces: Buffer[] = [];
    const counts = { lines: 0, dropped: 0, unparsed: 0, shortened: 0, rawBytes: 0, sentBytes: 0 };
    const take = ({ records, ...more }: Transformed) => {
      for (const name of ["lines", "dropped", "unparsed", "shortened", "rawBytes"] as const)
        counts[name] += more[name];
      for (const { data } of records) {
        counts.sentBytes += data.length;
        if (counts.sentBytes > MOST_ANSWER_BYTES) throw new Error(TOO_MUCH);
        pieces.push(B.from(data)); // copies, because the next transform overwrites the buffer
      }
    };
    return { take, rows: () => ({ counts, data: B.concat(pieces).toString("base64") }) };
  };

  const inflated = (bytes: Buffer): Buffer => {
    const content = inflate(bytes, max(LEAST_INFLATED, leftToInflate));
    leftToInflate -= content.length;
    return content;
  };

  const transform = (bytes: Buffer, stream: string) => {
    const isZipped = isGzip(bytes);
    const content = utf8(isZipped ? inflated(bytes) : bytes);
    if (isZipped) {
      const { take, rows } = gather();
      try {
        take(formats.ofLogGroup(logGroup(content)).envelope(content));
        return rows();
      } catch {
        // The record is no single envelope, or of an unknown format. Reading its parts below gives a better error.
      }
    }
    const { take, rows } = gather();
    const fits = (line: string) => formats.ofStream(stream).fits(line);
    for (const { envelopes, lines, wholes } of textsOf(content, fits)) {
      for (const envelope of envelopes) take(formats.ofLogGroup(logGroup(envelope)).envelope(envelope));
      if (lines.length > 0) take(formats.ofStream(stream).lines(lines, wholes));
    }
    return rows();
  };

  return (event: TransformationEvent): { records: TransformationRecord[] } => {
    const began = milliseconds();
    const stream = event.deliveryStreamArn.slice(event.deliveryStreamArn.lastIndexOf("/") + 1);
    const totals = { lines: 0, rows: 0, dropped: 0, unparsed: 0, shortened: 0, rawBytes: 0 };
    const sums = { ...totals, records: event.records.length, sentBytes: 0, failedRecords: 0 };
    leftToInflate = MOST_INFLATED;
    let why = "";
    let answerBytes = 0;
    const fail = (recordId: string, reason: string): TransformationRecord => {
      sums.failedRecords++;
      why ||= reason;
      return { recordId, result: "ProcessingFailed" };
    };
    const answer = (recordId: string, base64: string): TransformationRecord => {
      try {
        const { counts, data } = transform(B.from(base64, "base64"), stream);
        const bytes = data.length + recordId.length + AROUND;
        if (answerBytes + bytes > MOST_ANSWER_BYTES) return fail(recordId, TOO_MUCH);
        answerBytes += bytes;
        for (const name of ["lines", "dropped", "unparsed", "shortened", "rawBytes", "sentBytes"] as const)
          sums[name] += counts[name];
        sums.rows += counts.lines - counts.dropped;
        return data === "" ? { recordId, result: "Dropped" } : { recordId, result: "Ok", data };
      } catch (error) {
        return fail(recordId, error instanceof Error ? error.message : String(error));
      }
    };
    const records = event.records.map(({ recordId, data }) => answer(recordId, data));
    const transformMilliseconds = milliseconds() - began;
    if (sums.lines > 0 || sums.failedRecords > 0)
      metrics({ ...sums, transformMilliseconds }, why === "" ? {} : { why });
    return { records };
  };
};
