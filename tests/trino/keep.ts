import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answersOf } from "./functions";
import { Trino } from "./server";
import { findJava, findTrino } from "./tools";

// Runs functions in a real Trino, and records its answers for the tests of local lakes.

const FILE = join(__dirname, "../dialect/trino.json");
/** No statement needs the catalog. */
const NO_AWS = "http://127.0.0.1:1";

const main = async () => {
  const folder = mkdtempSync(join(tmpdir(), "flowlogs-trino-"));
  const trino = await Trino.start(findJava(), findTrino(console.log), NO_AWS, folder);
  writeFileSync(FILE, `${JSON.stringify(await answersOf(trino), null, 1)}\n`);
  await trino.stop();
  rmSync(folder, { recursive: true });
};

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
