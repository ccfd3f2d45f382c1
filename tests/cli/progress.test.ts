import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Progress } from "../../cli/output/progress";
import { RunInputs } from "../../cli/run/inputs";
import { Notes } from "../../cli/run/notes";
import { workFolder } from "./flowlogs";

const LINE = "2 123456789010 eni-1 10.0.0.1 10.0.0.2 1 2 6 1 60 1732244410 1732244469 ACCEPT OK\n";

/** Returns the share of the bytes that are read after each group of lines. */
const sharesOf = async (names: string[], lake: string): Promise<(number | undefined)[]> => {
  const inputs = new RunInputs({ names, lake, again: true }, new Notes(new Progress()), new Date());
  const shares = [inputs.share];
  for await (const _ of inputs.lines()) shares.push(inputs.share);
  return shares;
};

describe("the progress of a run", () => {
  const dir = workFolder();

  it("is the share of the files' bytes that are read, compressed as in the files", async () => {
    const names = ["a.log", "b.log.gz"].map((name) => join(dir, name));
    writeFileSync(names[0], LINE.repeat(1000));
    writeFileSync(names[1], gzipSync(LINE.repeat(1000)));
    const shares = await sharesOf(names, join(dir, "lake"));
    assert.equal(shares[0], 0);
    assert.equal(shares.at(-1), 1);
    assert.deepEqual(shares, [...shares].sort());
  });

  it("has no share if the size of the input is unknown", async () => {
    const inputs = new RunInputs(
      { names: ["-"], lake: join(dir, "lake"), again: true },
      new Notes(new Progress()),
      new Date(),
    );
    assert.equal(inputs.share, undefined);
  });
});
