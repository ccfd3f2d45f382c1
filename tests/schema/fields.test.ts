import assert from "node:assert/strict";
import { FIELDS, PRESETS, UNPARSED } from "../../schema/fields";

describe("schema: fields", () => {
  it("knows 54 fields, as many of each version as AWS documents", () => {
    const counts: Record<number, number> = {};
    for (const { since } of FIELDS) counts[since] = (counts[since] ?? 0) + 1;
    assert.deepEqual(counts, { 2: 14, 3: 7, 4: 4, 5: 4, 7: 10, 8: 1, 9: 1, 10: 1, 11: 12 });
  });

  it("types ports, flags and other small numbers as int, counters and times as bigint, the rest as string", () => {
    const named = (type: string) => FIELDS.filter((f) => f.type === type).map((f) => f.name);
    assert.deepEqual(named("int"), [
      "version",
      "srcport",
      "dstport",
      "protocol",
      "tcp-flags",
      "traffic-path",
      "encryption-status",
    ]);
    assert.deepEqual(named("bigint"), ["packets", "bytes", "start", "end"]);
  });

  it("gives every column a wire key of one or two letters that no column and no other key has", () => {
    const keys = [...FIELDS.map((f) => f.key), UNPARSED.key];
    const columns = new Set<string>([...FIELDS.map((f) => f.column), UNPARSED.column]);
    assert.equal(new Set(keys).size, 55);
    for (const key of keys) {
      assert.match(key, /^[a-z]{1,2}$/);
      assert.ok(!columns.has(key), `${key} is also a column`);
    }
  });

  it("never changes a wire key, since a stream that is updated after its function would read another column", () => {
    const some = [
      "version",
      "bytes",
      "log-status",
      "az-id",
      "pkt-src-aws-service",
      "traffic-path",
      "next-hop-interface-type",
    ];
    const keys = some.map((name) => FIELDS.find((f) => f.name === name)?.key);
    assert.deepEqual(keys, ["a", "j", "n", "w", "z", "ac", "bb"]);
  });

  it("fits every meaning into a Glue comment of 255 characters", () => {
    for (const { name, meaning } of FIELDS) assert.ok(meaning.length <= 255 && meaning.length > 10, name);
  });

  it("has AWS's default format, a recommended one that begins with it, and all fields", () => {
    assert.deepEqual(
      PRESETS.default.join(" "),
      "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status",
    );
    assert.deepEqual(PRESETS.recommended.slice(0, 14), PRESETS.default);
    assert.deepEqual(PRESETS.recommended.slice(14), [
      "vpc-id",
      "subnet-id",
      "instance-id",
      "tcp-flags",
      "type",
      "pkt-srcaddr",
      "pkt-dstaddr",
      "flow-direction",
      "traffic-path",
    ]);
    assert.equal(PRESETS.all.length, 54);
  });
});
