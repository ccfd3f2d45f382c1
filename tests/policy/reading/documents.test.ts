import assert from "node:assert/strict";
import fc from "fast-check";
import { statements } from "../../../policy/reading/documents";
import { UNKNOWN } from "../../../policy/reading/properties";
import { document } from "../stack";

const allowed = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-lake/*" };
const problems = (value: unknown) => statements(value).problems;

describe("statements", () => {
  it("reads text and an object alike", () => {
    const value = document({ ...allowed, Sid: "Read" }, allowed);
    assert.deepEqual(statements(JSON.stringify(value)), statements(value));
  });

  it("normalizes every form that IAM accepts", () => {
    const statement = {
      Sid: "Read",
      Effect: "deny",
      Principal: { AWS: "*" },
      NotAction: "s3:GetObject",
      NotResource: ["arn:aws:s3:::a", "arn:aws:s3:::b"],
      Condition: { Bool: { "aws:SecureTransport": false }, StringLike: { "s3:prefix": ["a", "b"] } },
    };
    assert.deepEqual(statements({ Statement: statement }), {
      statements: [
        {
          label: 'statement "Read"',
          effect: "Deny",
          principals: ["*"],
          services: [],
          federated: [],
          notPrincipals: undefined,
          actions: [],
          notActions: ["s3:GetObject"],
          resources: [],
          notResources: ["arn:aws:s3:::a", "arn:aws:s3:::b"],
          conditions: [
            { operator: "Bool", key: "aws:securetransport", values: ["false"], hidden: false },
            { operator: "StringLike", key: "s3:prefix", values: ["a", "b"], hidden: false },
          ],
          hidden: [],
        },
      ],
      problems: [],
      complete: true,
    });
  });

  for (const value of ["", "{", "null", "[]", '"text"', "7", null, undefined, 7, []]) {
    it(`says that ${JSON.stringify(value)} is not a JSON object`, () => {
      assert.deepEqual(problems(value), ["the policy document is not a JSON object"]);
    });
  }

  for (const value of [{}, document(), { statement: [allowed] }]) {
    it(`says that ${JSON.stringify(value)} has no Statement`, () => {
      assert.deepEqual(problems(value), ["the policy document has no Statement"]);
    });
  }

  it("reports every malformed statement and still reads the others", () => {
    const { Effect: _, ...noEffect } = allowed;
    const reading = statements(
      document("all", { ...allowed, Effect: "Permit" }, noEffect, { Sid: "Idle", Effect: "Allow" }, allowed),
    );
    assert.deepEqual(reading.problems, [
      "statement 1 is not an object",
      'statement 2 has Effect "Permit" where "Allow" or "Deny" is needed',
      'statement 3 has no Effect where "Allow" or "Deny" is needed',
      'statement "Idle" has neither Action nor NotAction',
    ]);
    assert.deepEqual(
      reading.statements.map((statement) => statement.label),
      ["statement 5"],
    );
  });

  it("leaves out unknown parts without a problem, and reports that", () => {
    const reading = statements(
      document(UNKNOWN, { ...allowed, Effect: UNKNOWN }, { ...allowed, Action: ["s3:GetObject", UNKNOWN] }),
    );
    assert.deepEqual(reading.problems, []);
    assert.deepEqual(
      reading.statements.map((statement) => statement.actions),
      [["s3:GetObject"]],
    );
    assert.equal(reading.complete, false);
  });

  it("lists the elements that are unknown in preview, and of a condition only its tests", () => {
    const hidden = (statement: object) =>
      statements(document({ ...allowed, ...statement })).statements[0].hidden;
    assert.deepEqual(hidden({ Resource: ["*", UNKNOWN] }), ["Resource"]);
    assert.deepEqual(hidden({ Condition: UNKNOWN }), ["Condition"]);
    assert.deepEqual(hidden({ Condition: { StringEquals: UNKNOWN } }), ["Condition"]);
    assert.deepEqual(hidden({ Condition: { StringEquals: { "aws:SourceAccount": UNKNOWN } } }), []);
  });

  it("reads a document that is nested deeper than any stack", () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    assert.equal(problems(`{"Statement":[{"Effect":${deep},"Action":"*"}]}`).length, 1);
    assert.equal(problems(`{"Statement":${deep}}`).length, 1);
    assert.deepEqual(problems(`{"Statement":[{"Effect":"Allow","Action":${deep}}]}`), []);
  });

  it("never throws, whatever the document", () => {
    const keys = ["Sid", "Effect", "Principal", "Action", "NotAction", "Resource", "Condition"];
    const statement = fc.dictionary(fc.constantFrom(...keys), fc.oneof(fc.constant("Allow"), fc.jsonValue()));
    const value = fc.oneof(fc.jsonValue(), fc.record({ Statement: fc.array(statement) }));
    fc.assert(fc.property(value, (json) => Array.isArray(statements(json).problems)));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          value.map((json) => JSON.stringify(json)),
        ),
        (text) => Array.isArray(statements(text).problems),
      ),
    );
  });
});
