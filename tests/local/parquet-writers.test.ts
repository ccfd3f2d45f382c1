import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { sourcesOf } from "../../local/input/sources";
import { read } from "./inputs";

/** Files of pyarrow and fastparquet; AWSLogs has those of parquet-go and parquet-java. The README says how each was written. */
const FOLDER = join(__dirname, "../parquet");
const DELIVERED = join(FOLDER, "AWSLogs");

const LINES = [
  "2 123456789010 eni-1235b8ca123456789 192.0.2.10 198.51.100.20 49152 443 6 12 9007199254740993 1732244400 1732244459 ACCEPT OK",
  "2 123456789010 eni-1235b8ca123456789 2001:db8::7 2001:db8::10 55120 22 6 1 40 1732244400 1732244459 REJECT OK",
  "2 123456789010 eni-1235b8ca123456789 - - - - - - - 1732244460 1732244519 - NODATA",
];

describe("local: Parquet of other writers", () => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(".parquet"));
  const delivered = readdirSync(DELIVERED, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".parquet"),
  );

  it("has files of four writers, with each codec, encoding and page version", () => {
    assert.equal(files.length, 10);
    assert.deepEqual(delivered.map((file) => file.split("_").at(-1)).sort(), [
      "go-gzip.log.parquet",
      "go-snappy.log.parquet",
      "java-gzip.log.parquet",
      "java-snappy.log.parquet",
    ]);
  });

  for (const file of files)
    it(`has each value of ${file}, with a minus for NULL`, async () => {
      const { texts, notes } = await read(join(FOLDER, file));
      assert.deepEqual(texts, file.includes("empty") ? [] : LINES);
      const isNewer = file.includes("newer");
      assert.deepEqual(
        notes,
        isNewer ? ["left out what is no field that this version knows: quantum-flag"] : [],
      );
    });

  for (const file of delivered)
    it(`has each value of ${file.split("_").at(-1)} in AWS's folders, and none of the folders' names`, async () => {
      assert.deepEqual(await read(join(DELIVERED, file)), {
        ...(await read(join(FOLDER, "pyarrow-zstd.parquet"))),
        texts: LINES,
        notes: [],
      });
    });

  it("has each value of a delivered tree, file after file", async () => {
    const found = sourcesOf([DELIVERED]).names;
    assert.equal(found.length, 4);
    for (const file of found) assert.deepEqual((await read(file)).texts, LINES);
  });
});
