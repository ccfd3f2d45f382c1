import assert from "node:assert/strict";
import { FIELDS, PRESETS } from "../../schema/fields";
import { FormatError, layoutFrom, layoutOfColumns, parseFormat, union } from "../../schema/layout";

const names = (format: string) => parseFormat(format).fields.map((f) => f.name);
const messages = (make: () => unknown): string[] => {
  try {
    make();
  } catch (error) {
    assert.ok(error instanceof FormatError);
    return error.problems.map((p) => `${p.position}: ${p.message}`);
  }
  return [];
};

describe("schema: layout", () => {
  it("reads a format as EC2 takes it, as a file's header, and as a preset's name alike", () => {
    const format = `\${version} \${srcaddr} \${end}`;
    assert.deepEqual(names(format), ["version", "srcaddr", "end"]);
    assert.deepEqual(names("version srcaddr end"), ["version", "srcaddr", "end"]);
    assert.equal(parseFormat("version srcaddr end").format, format);
    assert.deepEqual(names("recommended"), PRESETS.recommended);
  });

  it("reads every format that it writes", () => {
    for (const preset of Object.keys(PRESETS)) {
      const layout = parseFormat(preset);
      assert.deepEqual(parseFormat(layout.format), layout);
    }
  });

  it("keeps the given order, also of the columns, with unparsed last", () => {
    const columns = parseFormat("end flow-direction bytes").columns.map(
      (c) => `${c.name} ${c.type} ${c.key}`,
    );
    assert.deepEqual(columns, [
      "end bigint l",
      "flow_direction string ab",
      "bytes bigint j",
      "unparsed string zz",
    ]);
  });

  it("lets a preset stand in a list for its fields", () => {
    const layout = layoutFrom(["recommended", "az-id"]);
    assert.deepEqual(
      layout.fields.map((f) => f.name),
      [...PRESETS.recommended, "az-id"],
    );
  });

  it("names every unknown field with the nearest valid name, and every duplicate, at once", () => {
    assert.deepEqual(
      messages(() => layoutFrom(["src-addr", "bytes", "bytes", "Action", "recomended"])),
      [
        '0: unknown field "src-addr"; did you mean "srcaddr"?',
        '2: field "bytes" is there twice; name it once',
        '3: unknown field "Action"; did you mean "action"?',
        '4: unknown field "recomended"; did you mean "recommended"?',
      ],
    );
  });

  it("suggests the field for its column's name", () => {
    for (const { name, column } of FIELDS.filter((f) => f.name !== f.column)) {
      assert.deepEqual(
        messages(() => layoutFrom([column])),
        [`0: unknown field "${column}"; did you mean "${name}"?`],
      );
    }
  });

  it("refuses a duplicate that comes with a preset", () => {
    assert.deepEqual(
      messages(() => layoutFrom(["default", "bytes"])),
      ['1: field "bytes" is there twice; name it once'],
    );
  });

  it("refuses an empty format and says what would work", () => {
    for (const empty of ["", "  "]) {
      assert.match(
        messages(() => parseFormat(empty))[0],
        /no field is named; use a preset \(default, recommended, all\)/,
      );
    }
  });

  it("does not accept a property of every object as a preset", () => {
    assert.match(messages(() => layoutFrom(["constructor"]))[0], /unknown field "constructor"/);
  });

  it("unites layouts in order of first appearance", () => {
    const both = union([parseFormat("srcaddr bytes"), parseFormat("bytes end srcaddr")]);
    assert.deepEqual(
      both.fields.map((f) => f.name),
      ["srcaddr", "bytes", "end"],
    );
  });

  it("finds the layout of a table by its columns", () => {
    const layout = parseFormat("pkt-srcaddr end");
    assert.deepEqual(layoutOfColumns(layout.columns.map((c) => c.name)), layout);
  });
});
