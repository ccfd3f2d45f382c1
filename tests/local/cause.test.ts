import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { causeOf } from "../../local/input/cause";
import { read } from "./inputs";

const LINE =
  "2 123456789010 eni-1235b8ca123456789 192.0.2.10 198.51.100.20 49152 443 6 12 3456 1732244400 1732244459 ACCEPT OK";
const base64 = (text: string) => Buffer.from(text).toString("base64");

/** Inputs of which no line fits, with the expected message. */
const CAUSES: Record<string, [text: string, cause: RegExp]> = {
  "cells without a head": [
    LINE.replaceAll(" ", ";"),
    /^they are values with semicolons between; put .*: version;account-id;/,
  ],
  "a cell with a number that Excel rounded": [
    "srcaddr,start,bytes\n192.0.2.10,1.73224E+09,7",
    /^in the first of them, start cannot be "1.73224E\+09"$/,
  ],
  "a cell with a number in groups": [
    'srcaddr,dstaddr,bytes\n192.0.2.10,198.51.100.20,"3,456"',
    /^in the first of them, bytes cannot be "3,456"$/,
  ],
  "an event of a Lambda function": [
    JSON.stringify({ awslogs: { data: base64(LINE) } }),
    /^they are events with base64 in them; decode it: jq/,
  ],
  "JSON of other flows": [
    JSON.stringify({ src_endpoint: { ip: "192.0.2.10" } }),
    /^they are JSON without a line of a flow log/,
  ],
  base64: [base64(LINE), /^they look like base64; decode them: base64 -d/],
  "no-break spaces": [LINE.replaceAll(" ", "\u00a0"), /^they have no-break spaces/],
  "a box of lines": ["│ srcaddr │ bytes │\n│ 192.0.2.10 │ 7 │", /^they are a table for people/],
};

describe("local: the reason why lines do not fit", () => {
  const dir = mkdtempSync(join(tmpdir(), "cause-"));
  after(() => rmSync(dir, { recursive: true }));

  for (const [what, [text, cause]] of Object.entries(CAUSES))
    it(`is given for ${what}, with a remedy`, async () => {
      const file = join(dir, "input");
      writeFileSync(file, text);
      assert.match(causeOf((await read(file)).lines), cause);
    });
});
