import assert from "node:assert/strict";
import fc from "fast-check";
import { FIELDS, PRESETS } from "../../schema/fields";
import { headerOf } from "../../schema/header";
import { FormatError } from "../../schema/layout";
import { fieldNamed, NAMES, squashed } from "../../schema/names";
import { TRANSIT_FIELDS } from "../../schema/transit";

const read = (line: string) => headerOf(line.split(/\s+/));
const names = (line: string) => read(line)?.layout.fields.map(({ name }) => name);

describe("schema: header", () => {
  it("is a line whose tokens are all names of fields", () => {
    assert.deepEqual(names("dstaddr srcaddr bytes"), ["dstaddr", "srcaddr", "bytes"]);
    for (const preset of Object.values(PRESETS)) assert.deepEqual(names(preset.join(" ")), preset);
    const transit = TRANSIT_FIELDS.map(({ name }) => name);
    assert.deepEqual(names(transit.join(" ")), transit);
  });

  it("has no new fields if it knows all names", () => {
    assert.deepEqual(read("dstaddr srcaddr bytes")?.isKnown, [true, true, true]);
    assert.deepEqual(read("dstaddr srcaddr bytes")?.unknown, []);
    assert.deepEqual(read("dstaddr srcaddr newer-field")?.isKnown, [true, true, false]);
  });

  it("is none if no more than half of its tokens are names", () => {
    assert.equal(read("srcaddr dstaddr alpha omega"), undefined);
    assert.deepEqual(names("srcaddr dstaddr bytes alpha-omega zulu-time"), ["srcaddr", "dstaddr", "bytes"]);
  });

  it("accepts a new name that continues a numbered series, of any length", () => {
    for (const tag of ["instance-tag-3", "instance-tag-12"])
      assert.deepEqual(read(`srcaddr dstaddr ${tag}`)?.unknown, [tag]);
  });

  it("has a typo in a name that is two letters off, or one in a name of four letters", () => {
    for (const name of ["strat", "atcion", "tipe"])
      assert.throws(() => read(`srcaddr dstaddr bytes ${name}`), { message: new RegExp(`"${name}"`) }, name);
    assert.deepEqual(read("srcaddr dstaddr bytes tpye")?.unknown, ["tpye"]);
  });

  it("has a typo in a token that is like no name, beside others that are names", () => {
    for (const name of ["what?", "=sum", "3rd"])
      assert.throws(() => read(`srcaddr dstaddr bytes ${name}`), FormatError, name);
  });

  const spellings: Record<string, (name: string) => string> = {
    "the table's columns": (name) => name.replaceAll("-", "_"),
    capitals: (name) => name.toUpperCase(),
    "capital first letters": (name) => name.replace(/^./, (letter) => letter.toUpperCase()),
    "the form of Logs Insights": (name) => name.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase()),
    "EC2's form": (name) => `\${${name}}`,
    quotes: (name) => `"${name}"`,
    "single quotes": (name) => `'${name}'`,
  };
  for (const [what, spell] of Object.entries(spellings))
    it(`knows every field in ${what}`, () => {
      for (const name of NAMES) assert.equal(fieldNamed(spell(name)), name);
    });

  it("knows what Logs Insights calls the fields of a flow log", () => {
    const found =
      "version accountId interfaceId srcAddr dstAddr srcPort dstPort protocol packets bytes startTime endTime";
    assert.deepEqual(names(`${found} action logStatus`), PRESETS.default);
  });

  it("knows what AWS's older tables for Athena call the fields, together or apart", () => {
    const found =
      "version account interfaceid sourceaddress destinationaddress sourceport destinationport protocol numpackets numbytes starttime endtime action logstatus";
    assert.deepEqual(names(found), PRESETS.default);
    assert.deepEqual(names("source_address Destination-Port numBytes"), ["srcaddr", "dstport", "bytes"]);
  });

  it("has no two fields of the same letters, so that a spelling means one", () => {
    assert.equal(new Set(NAMES.map(squashed)).size, NAMES.length);
  });

  const lines = [
    "version",
    "end of file",
    "account version mismatch",
    "host to port",
    "the owner of the account",
    "action must be taken now",
    "start the end",
    "type: action required",
    "2 123456789010 eni-1 10.0.0.1",
    "- - -",
    "",
    "srcaddr brand-new-field",
    "IPv4 egress ACCEPT",
  ];
  for (const line of lines) it(`is not: ${line || "nothing"}`, () => assert.equal(read(line), undefined));

  it("lists the unknown fields of a header with newer ones, at any position", () => {
    const header = read("tls-version srcaddr dstaddr instance-tag-3 bytes");
    assert.deepEqual(
      header?.layout.fields.map(({ name }) => name),
      ["srcaddr", "dstaddr", "bytes"],
    );
    assert.deepEqual(header?.isKnown, [false, true, true, false, true]);
    assert.deepEqual(header?.unknown, ["tls-version", "instance-tag-3"]);
  });

  const mistyped: Record<string, RegExp> = {
    "version account-id src-addr dstaddr": /^format: unknown field "src-addr"; did you mean "srcaddr"\?$/,
    "version acount-id srcaddr dst_adr": /unknown field "acount-id".*; unknown field "dst-adr"/,
    "srcaddr dstaddr 10.0.0.1": /unknown field "10\.0\.0\.1"/,
    "src_ip dst_ip bytes":
      /unknown field "src-ip"; did you mean "srcaddr"\?; unknown field "dst-ip"; did you mean "dstaddr"\?/,
    "saddr sport daddr dport proto": /"srcaddr".*"srcport".*"dstaddr".*"dstport".*"protocol"/,
    "srcaddr dstaddr bytes bytes": /field "bytes" is there twice/,
    "\ufffdversion srcaddr dstaddr": /unknown field "\ufffdversion"; did you mean "version"\?/,
  };
  for (const [line, message] of Object.entries(mistyped))
    it(`is refused, and not read as a line: ${line}`, () =>
      assert.throws(
        () => read(line),
        (error) => error instanceof FormatError && message.test(error.message),
      ));

  it("is any list of two fields or more, in any spelling of each", () => {
    const fields = fc.shuffledSubarray(
      FIELDS.map(({ name }) => name),
      { minLength: 2 },
    );
    const spelled = fields.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.tuple(
          ...list.map((name) => fc.constantFrom(...Object.values(spellings).map((spell) => spell(name)))),
        ),
      ),
    );
    fc.assert(
      fc.property(spelled, ([list, tokens]) => {
        assert.deepEqual(names(tokens.join(" ")), list);
      }),
    );
  });

  it("is never a line of values, whatever they are", () => {
    const value = fc.oneof(
      fc.ipV4(),
      fc.nat().map(String),
      fc.constantFrom("-", "ACCEPT", "OK", "eni-1", "IPv4"),
    );
    fc.assert(fc.property(fc.array(value), (values) => assert.equal(headerOf(values), undefined)));
  });
});
