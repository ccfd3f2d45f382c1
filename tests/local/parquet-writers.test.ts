import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { read } from "./inputs";

/** Files of pyarrow and fastparquet, which tests/parquet/write.py wrote. */
const FOLDER = join(__dirname, "../parquet");

const LINES = [
  "2 123456789010 eni-1235b8ca123456789 192.0.2.10 198.51.100.20 49152 443 6 12 9007199254740993 1732244400 1732244459 ACCEPT OK",
  "2 123456789010 eni-1235b8ca123456789 2001:db8::7 2001:db8::10 55120 22 6 1 40 1732244400 1732244459 REJECT OK",
  "2 123456789010 eni-1235b8ca123456789 - - - - - - - 1732244460 1732244519 - NODATA",
];

describe("local: Parquet of other writers", () => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(".parquet"));

  it("has files of two writers, with each codec, encoding and version of pages", () => {
    assert.equal(files.length, 10);
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
});
