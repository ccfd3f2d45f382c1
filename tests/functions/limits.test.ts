import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BILLED_UNIT } from "../../local/firehose";
import { BATCH_BYTES, BATCH_RECORDS, RECORD_BYTES } from "../../local/firehose/producer";

const DIR = join(__dirname, "../../functions");

/** Returns a constant by its name. Factories that Lambda runs have their own copies. */
const writtenAs = (constant: string): { file: string; value: number }[] =>
  readdirSync(DIR)
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) =>
      [
        ...readFileSync(join(DIR, file), "utf8").matchAll(
          new RegExp(`const ${constant} = ([\\d_ *]+);`, "g"),
        ),
      ].map(([, text]) => ({
        file,
        value: text
          .replaceAll("_", "")
          .split("*")
          .reduce((all, n) => all * Number(n), 1),
      })),
    );

describe("limits of Firehose that the function knows", () => {
  for (const [constant, value] of Object.entries({ RECORD_BYTES, BATCH_BYTES, BATCH_RECORDS, BILLED_UNIT }))
    it(`${constant} equals the local Firehose's wherever it is written`, () => {
      const written = writtenAs(constant);
      assert.ok(written.length > 0, `no file in functions/ has ${constant}`);
      for (const { file, value: there } of written) assert.equal(there, value, file);
    });
});
