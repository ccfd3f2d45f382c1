import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { forms, members, places, refused } from "../../docs/generate/inputs";
import { withBlock } from "../../docs/generate/markdown";

const page = readFileSync(join(__dirname, "../../docs/inputs.md"), "utf8");

describe("docs: inputs.md", () => {
  for (const [block, text] of Object.entries({ forms, members, places, refused }))
    it(`has the table of ${block} from the code: npm run docs brings it up to date`, () => {
      assert.equal(page, withBlock(page, block, text()));
    });
});
