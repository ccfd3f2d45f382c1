/** A kind of binary file, recognized by its first bytes. */
export interface BinaryKind {
  name: string;
  /** Bytes at the offset `at`. */
  magic: number[];
  at?: number;
  /** True if text may begin with these bytes too; the file is then binary only if bytes follow that no text has. */
  isAscii?: true;
  /** Command that converts it to lines. */
  instead: (file: string) => string;
}

const ascii = (text: string) => [...Buffer.from(text, "latin1")];

const through = (command: string) => (file: string) => `${command} ${file} | flowlogs run -`;
const withDuckDb = (read: string) => (file: string) =>
  `convert it to Parquet first, as with DuckDB: COPY (FROM ${read}('${file}')) TO 'flows.parquet'`;
const notLogs = () => "give the flow logs themselves";

/** Binary forms that are refused with an advice. Gzip and Parquet are read. */
export const BINARY_KINDS: readonly BinaryKind[] = [
  {
    name: "an Excel sheet",
    magic: ascii("[Content_Types].xml"),
    at: 30,
    isAscii: true,
    instead: () => "save it as CSV",
  },
  { name: "a zip archive", magic: ascii("PK\x03\x04"), instead: through("unzip -p") },
  { name: "an empty zip archive", magic: ascii("PK\x05\x06"), instead: notLogs },
  { name: "bzip2", magic: ascii("BZh"), isAscii: true, instead: through("bzip2 -dc") },
  { name: "zstd", magic: [0x28, 0xb5, 0x2f, 0xfd], instead: through("zstd -dc") },
  { name: "xz", magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], instead: through("xz -dc") },
  { name: "lzma", magic: [0x5d, 0x00, 0x00], instead: through("xz --format=lzma -dc") },
  { name: "lzip", magic: ascii("LZIP\x01"), instead: through("lzip -dc") },
  { name: "LZ4", magic: [0x04, 0x22, 0x4d, 0x18], instead: through("lz4 -dc") },
  { name: "LZ4 (legacy)", magic: [0x02, 0x21, 0x4c, 0x18], instead: through("lz4 -dc") },
  { name: "LZO", magic: [0x89, ...ascii("LZO"), 0x00], instead: through("lzop -dc") },
  { name: "snappy", magic: [0xff, 0x06, 0x00, 0x00, ...ascii("sNaPpY")], instead: through("snzip -dc") },
  { name: "Hadoop's sequence file", magic: ascii("SEQ\x06"), instead: notLogs },
  { name: "compress (.Z)", magic: [0x1f, 0x9d], instead: through("gzip -dc") },
  { name: "zlib", magic: [0x78, 0x9c], instead: through("pigz -dzc") },
  { name: "zlib", magic: [0x78, 0xda], instead: through("pigz -dzc") },
  { name: "zlib", magic: [0x78, 0x01], instead: through("pigz -dzc") },
  { name: "a 7-Zip archive", magic: [...ascii("7z"), 0xbc, 0xaf, 0x27, 0x1c], instead: through("7z x -so") },
  { name: "a RAR archive", magic: ascii("Rar!\x1a\x07"), instead: through("unrar p -inul") },
  { name: "a tar archive", magic: ascii("ustar"), at: 257, instead: through("tar -xOf") },
  {
    name: "ORC",
    magic: ascii("ORC"),
    isAscii: true,
    instead: () =>
      "convert it to Parquet first, as with Athena: UNLOAD (SELECT * FROM …) WITH (format = 'PARQUET')",
  },
  { name: "Avro", magic: ascii("Obj\x01"), instead: withDuckDb("read_avro") },
  { name: "Arrow", magic: ascii("ARROW1"), isAscii: true, instead: withDuckDb("read_arrow") },
  { name: "Feather", magic: ascii("FEA1"), isAscii: true, instead: withDuckDb("read_arrow") },
  {
    name: "an encrypted Parquet file",
    magic: ascii("PARE"),
    isAscii: true,
    instead: () => "decrypt it first",
  },
  { name: "a packet capture (pcap)", magic: [0xd4, 0xc3, 0xb2, 0xa1], instead: notLogs },
  { name: "a packet capture (pcap)", magic: [0xa1, 0xb2, 0xc3, 0xd4], instead: notLogs },
  { name: "a packet capture (pcapng)", magic: [0x0a, 0x0d, 0x0d, 0x0a], instead: notLogs },
  { name: "an SQLite database", magic: ascii("SQLite format 3\0"), instead: notLogs },
  {
    name: "an Excel sheet",
    magic: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    instead: () => "save it as CSV",
  },
  { name: "PDF", magic: ascii("%PDF-"), instead: notLogs },
  { name: "an image (PNG)", magic: [0x89, ...ascii("PNG")], instead: notLogs },
  { name: "an image (JPEG)", magic: [0xff, 0xd8, 0xff], instead: notLogs },
  { name: "text in UTF-32", magic: [0xff, 0xfe, 0x00, 0x00], instead: through("iconv -f UTF-32 -t UTF-8") },
  { name: "text in UTF-32", magic: [0x00, 0x00, 0xfe, 0xff], instead: through("iconv -f UTF-32 -t UTF-8") },
];

/** Length of a file's head that is enough to recognize all of them. */
export const HEAD_BYTES = 512;

const PARQUET = ascii("PAR1");

const has = (head: Buffer, { magic, at = 0 }: { magic: number[]; at?: number }) =>
  magic.every((byte, i) => head[at + i] === byte);

/** Returns true if there are bytes that no text has: control characters, or invalid UTF-8. */
const isBinary = (head: Buffer) =>
  head.some((byte) => (byte < 32 && ![9, 10, 12, 13, 27].includes(byte)) || byte >= 0xf8 || byte === 0xc0);

/** Returns true if so many bytes are not text that the file is binary. A damaged log has only a few. */
export const isNoText = (head: Buffer): boolean => {
  const text = head.toString("utf8");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those that no text has
  const odd = text.match(/[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0;
  return odd >= 8 && odd * 8 > text.length;
};

export const isGzip = (head: Buffer) => head[0] === 0x1f && head[1] === 0x8b;
export const isParquet = (head: Buffer) => has(head, { magic: PARQUET });

/** Returns the kind of a refused binary file by its first bytes. */
export const binaryKindOf = (head: Buffer): BinaryKind | undefined =>
  BINARY_KINDS.find((kind) => has(head, kind) && (!kind.isAscii || isBinary(head)));
