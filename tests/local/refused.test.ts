import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { BINARY_KINDS } from "../../local/input/binary";
import { INPUTS, read } from "./inputs";

const dir = mkdtempSync(join(tmpdir(), "refused-"));
after(() => rmSync(dir, { recursive: true }));

const write = (content: Buffer | string) => {
  const file = join(dir, "input");
  writeFileSync(file, content);
  return file;
};
const refusal = async (file: string): Promise<string> => {
  try {
    await read(file);
  } catch (error) {
    return (error as Error).message;
  }
  return "it was read";
};

/** Files of other programs, each with the expected message. */
const FILES: Record<string, string> = {
  "flows.bz2": "it is bzip2; bzip2 -dc FILE | flowlogs run -",
  "flows.lz4": "it is LZ4; lz4 -dc FILE | flowlogs run -",
  "flows.lzma": "it is lzma; xz --format=lzma -dc FILE | flowlogs run -",
  "flows.tar": "it is a tar archive; tar -xOf FILE | flowlogs run -",
  "flows.tar.gz":
    "it is a tar archive inside gzip; gunzip it first, and then: tar -xOf FILE | flowlogs run -",
  "flows.xz": "it is xz; xz -dc FILE | flowlogs run -",
  "flows.zip": "it is a zip archive; unzip -p FILE | flowlogs run -",
  "flows.zst": "it is zstd; zstd -dc FILE | flowlogs run -",
};

describe("local: inputs that are refused", () => {
  for (const [name, said] of Object.entries(FILES))
    it(`says what ${name} is and what to do, whatever the file's name`, async () => {
      const file = join(INPUTS, name);
      const named = (path: string) => said.replace("FILE", said.includes("inside gzip") ? "FILE" : path);
      assert.equal(await refusal(file), `cannot read ${file}: ${named(file)}`);
      const other = write(readFileSync(file));
      assert.equal(await refusal(other), `cannot read ${other}: ${named(other)}`);
    });

  it("says that binary data is not text, with its first bytes", async () => {
    const bytes = Buffer.from(Array.from({ length: 600 }, (_, n) => (n * 151 + 7) % 256));
    for (const [content, begins] of [
      [bytes, "07 9e 35 cc 63 fa 91 28"],
      [Buffer.concat([Buffer.from("\x7fELF"), Buffer.alloc(100)]), "7f 45 4c 46 00 00 00 00"],
    ] as const) {
      const file = write(content);
      const said = `cannot read ${file}: it is no text, and in no form that is known (it begins with the bytes ${begins}); give the flow logs themselves`;
      assert.equal(await refusal(file), said);
    }
  });

  it("reads a log with a few damaged bytes", async () => {
    const line =
      "2 123456789010 eni-1 10.0.1.5 10.0.0.220 39812 443 6 11 8341 1732244410 1732244469 ACCEPT OK";
    const bytes = Buffer.from(`${line}\n${line}\n`);
    bytes.fill(0, 20, 27);
    const { texts } = await read(write(bytes));
    assert.equal(texts[1], line);
  });

  it("has a case for every such file in the folder of examples", () => {
    const there = readdirSync(INPUTS).filter((file) => file.startsWith("flows."));
    assert.deepEqual(there.sort(), Object.keys(FILES));
  });

  for (const { name, magic, at = 0 } of BINARY_KINDS) {
    const content = Buffer.concat([
      Buffer.alloc(at),
      Buffer.from(magic),
      Buffer.from([1, 2, 0, 255]),
      Buffer.alloc(600),
    ]);
    it(`names ${name} (${Buffer.from(magic).toString("hex")}), in gzip too`, async () => {
      assert.ok((await refusal(write(content))).includes(`: it is ${name}; `));
      assert.ok(
        (await refusal(write(gzipSync(content)))).includes(
          `: it is ${name} inside gzip; gunzip it first, and then: `,
        ),
      );
    });
  }

  it("reads lines that begin like some of these files", async () => {
    for (const { magic } of BINARY_KINDS.filter(({ isAscii }) => isAscii)) {
      const line = `${Buffer.from(magic).toString()} and more`;
      assert.deepEqual((await read(write(`${line}\n`))).texts, [line]);
    }
  });

  it("unpacks at most three layers of gzip", async () => {
    const layers = (count: number) =>
      Array(count)
        .fill(gzipSync)
        .reduce((bytes, zip) => zip(bytes), Buffer.from("a b\n"));
    assert.deepEqual((await read(write(layers(3)))).texts, ["a b"]);
    assert.match(await refusal(write(layers(4))), /: it is gzip in gzip, more than 3 deep$/);
  });
});
