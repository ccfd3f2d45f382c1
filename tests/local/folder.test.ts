import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LakeFolder, TABLE_KEY } from "../../local/lake/folder";

describe("lake: the local folder", () => {
  const root = mkdtempSync(join(tmpdir(), "folder-"));
  after(() => rmSync(root, { recursive: true, force: true }));
  const dir = (name: string) => join(root, name);

  const put = (lake: LakeFolder, key: string) => {
    const file = lake.scratch(key.replaceAll("/", "-"));
    writeFileSync(file, key);
    lake.put(key, file);
  };

  it("shows nothing before the commit, and everything after it", () => {
    const lake = new LakeFolder(dir("a"), false);
    put(lake, "flow-logs/x");
    assert.equal(existsSync(join(dir("a"), "flow-logs")), false);
    lake.commit();
    lake.close();
    assert.deepEqual(readdirSync(dir("a"), { recursive: true }), ["flow-logs", "flow-logs/x"]);
  });

  it("discards uncommitted objects, and removes a new folder that stayed empty", () => {
    mkdirSync(dir("empty"));
    for (const [name, left] of [
      ["b", false],
      ["empty", true],
    ] as const) {
      const lake = new LakeFolder(dir(name), false);
      put(lake, "flow-logs/x");
      lake.close();
      assert.equal(existsSync(dir(name)) && readdirSync(dir(name)).length === 0, left);
    }
  });

  it("refuses a folder that is not a lake, and leaves its files alone", () => {
    mkdirSync(dir("other"));
    writeFileSync(join(dir("other"), "mine.txt"), "");
    const lake = new LakeFolder(dir("other"), false);
    assert.throws(() => lake.claim(), /holds other files and is no lake; name another folder with --lake$/);
    lake.close();
    assert.deepEqual(readdirSync(dir("other")), ["mine.txt"]);
  });

  it("replaces a lake only by a complete new one", () => {
    const first = new LakeFolder(dir("c"), true);
    for (const key of [TABLE_KEY, "flow-logs/old"]) put(first, key);
    first.commit();
    first.close();
    const second = new LakeFolder(dir("c"), true);
    put(second, TABLE_KEY);
    assert.ok(existsSync(join(dir("c"), "flow-logs/old")));
    second.commit();
    second.close();
    assert.deepEqual(readdirSync(dir("c")), [TABLE_KEY]);
  });

  it("keeps the unfinished files of a running process, and removes those of a dead one", () => {
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    for (const pid of [gone, process.ppid]) mkdirSync(join(dir("d"), `.staging-${pid}`), { recursive: true });
    new LakeFolder(dir("d"), false).close();
    assert.deepEqual(readdirSync(dir("d")), [`.staging-${process.ppid}`]);
  });
});
