import assert from "node:assert/strict";
import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { ARGUMENT_NAMES } from "../../components/settings/argument-names";
import { errorOf, GOOD, type Untyped, VPCS } from "./settings";

// JavaScript, YAML and a stack's configuration can pass values that TypeScript would not compile.

const itself: Untyped = {};
itself.again = itself;
const later = pulumi.output("later");

/** Arguments, each with the value as the message shows it. */
const SHOWN: [what: string, change: Untyped, path: string, got: string][] = [
  ["an object that contains itself", { vpcs: { main: itself } }, "vpcs.main", '{"again":"<itself>"}'],
  ["a tag that contains itself", { tags: { team: itself } }, "tags.team", '{"again":"<itself>"}'],
  ["networks that contain themselves", { networks: { a: itself } }, "networks.a", "{ again: '<itself>' }"],
  ["a map", { vpcs: new Map(Object.entries(VPCS)) }, "vpcs", '"<a Map>"'],
  ["a date", { tags: new Date(0) }, "tags", '"<a Date>"'],
  ["a set", { fields: new Set(["default"]) }, "fields", '"<a Set>"'],
  ["an integer of JavaScript's other kind", { bufferingInterval: 60n }, "bufferingInterval", "60n"],
  ["a function", { filterPattern: () => "" }, "filterPattern", '() => ""'],
  ["a symbol", { keepAction: Symbol("a") }, "keepAction", "Symbol(a)"],
  ["an inherited name", { keepAction: "constructor" }, "keepAction", '"constructor"'],
  ["a later way in", { ingestion: pulumi.output("DIRECT") }, "ingestion", '"<known later>"'],
  ["a later list of fields", { fields: pulumi.output(["all"]) }, "fields", '"<known later>"'],
  ["a later flag", { forceDestroy: pulumi.output(true) }, "forceDestroy", '"<known later>"'],
  ["a later set of VPCs", { vpcs: Promise.resolve(VPCS) }, "vpcs", '"<known later>"'],
  ["a later block of a network", { networks: { a: [later] } }, "networks.a[0]", '"<known later>"'],
  [
    "later days",
    { retention: { dataExpirationInDays: later } },
    "retention.dataExpirationInDays",
    '"<known later>"',
  ],
];

describe("arguments without types", () => {
  for (const [what, change, path, got] of SHOWN)
    it(`are refused and shown: ${what}`, () => {
      const { errors } = errorOf({ ...GOOD, ...change });
      assert.deepEqual(
        errors.map(({ propertyPath }) => propertyPath),
        [path],
      );
      assert.equal(errors[0].reason.slice(errors[0].reason.lastIndexOf("; got ") + 6), got);
    });

  it("are all refused if they are null, as an empty key in YAML is", () => {
    const { errors } = errorOf(Object.fromEntries(ARGUMENT_NAMES.map((name) => [name, null])));
    assert.deepEqual(errors.map(({ propertyPath }) => propertyPath).sort(), [...ARGUMENT_NAMES].sort());
    for (const { propertyPath, reason } of errors) assert.match(reason, /; got null$/, propertyPath);
  });

  it("are shown by their beginning if they are long", () => {
    const [{ reason }] = errorOf({ ...GOOD, fields: "x".repeat(5000) }).errors;
    assert.match(reason, /; got "x{299}… \(5002 characters\)$/);
  });

  it("may not have the name of a property of every object", () => {
    const text = '{ "tags": { "__proto__": "a" }, "__proto__": {}, "constructor": 1 }';
    const { errors } = errorOf(Object.assign(JSON.parse(text), GOOD));
    assert.deepEqual(
      errors.map(({ propertyPath }) => propertyPath),
      ["__proto__", "constructor", "tags.__proto__"],
    );
  });

  describe("that are a resource", () => {
    before(() => {
      const newResource = ({ name, inputs }: pulumi.runtime.MockResourceArgs) => ({
        id: name,
        state: inputs,
      });
      pulumi.runtime.setMocks({ newResource, call: ({ inputs }) => inputs });
    });

    for (const [path, change] of [
      ["vpcs.main", (vpc: ec2.Vpc) => ({ vpcs: { main: vpc } })],
      ["vpcs", (vpc: ec2.Vpc) => ({ vpcs: vpc })],
      ["alarmTopic", (vpc: ec2.Vpc) => ({ alarmTopic: vpc })],
      ["existingBucket", (vpc: ec2.Vpc) => ({ existingBucket: vpc })],
      ["tags", (vpc: ec2.Vpc) => ({ tags: vpc })],
    ] as const)
      it(`are refused with the resource's name, not with all its properties: ${path}`, () => {
        const vpc = new ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" });
        const { errors } = errorOf({ ...GOOD, ...change(vpc) });
        assert.deepEqual(
          errors.map(({ propertyPath }) => propertyPath),
          [path],
        );
        assert.match(errors[0].reason, /; got "<the resource main, not its id>"$/);
      });
  });
});
