import assert from "node:assert/strict";
import fc from "fast-check";
import { accessRules } from "../../../policy/rules/access";
import { policyDocumentReadable as rule } from "../../../policy/rules/access/policy-document-readable";
import { document, POLICY, UNKNOWN_ON_THE_WIRE } from "../stack";
import { judge, own, ROLE, ROLE_POLICY, read } from "./judge";

const allowed = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-lake/*" };
const trust = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
const faults = (policy: unknown) => judge(rule, ROLE_POLICY, { policy });
const trustFaults = (statement: object) => judge(rule, ROLE, { assumeRolePolicy: document(statement) });
const bucketFaults = (statement: object) => judge(rule, POLICY, { policy: document(statement) });

describe("policy-document-readable", () => {
  it("accepts text, an object and one statement without a list", () => {
    assert.deepEqual(faults(JSON.stringify(document(allowed))), []);
    assert.deepEqual(faults(document(allowed)), []);
    assert.deepEqual(faults({ Version: "2012-10-17", Statement: allowed }), []);
  });

  for (const policy of ["", "{ not json", "null", "[]", "7", '"text"']) {
    it(`rejects ${JSON.stringify(policy)}`, () => {
      assert.deepEqual(faults(policy), ["the policy document is not a JSON object; correct the document."]);
    });
  }

  const { Effect: _effect, ...noEffect } = allowed;
  const { Resource: _resource, ...noResource } = allowed;
  const malformed: Record<string, [object, RegExp]> = {
    "a statement without an effect": [noEffect, /no Effect/],
    "an effect in lower case": [{ ...allowed, Effect: "allow" }, /in this case only/],
    "an element in lower case": [
      { ...allowed, action: "*" },
      /"action", which AWS does not know; "Action" is meant/,
    ],
    "an element that there is not": [{ ...allowed, Resources: "*" }, /"Resources", which AWS does not know/],
    "both Action and NotAction": [{ ...allowed, NotAction: "iam:*" }, /both Action and NotAction/],
    "no resource": [noResource, /neither Resource nor NotResource/],
    "a principal": [{ ...allowed, Principal: "*" }, /an identity policy cannot/],
    "an empty list of actions": [{ ...allowed, Action: [] }, /empty Action/],
    "a number for an action": [{ ...allowed, Action: [7] }, /not text/],
    "an action without a service": [{ ...allowed, Action: "GetObject" }, /not an action such as/],
    "a resource that is no ARN": [{ ...allowed, Resource: "acme-lake" }, /neither an ARN nor/],
    "a condition that is a list": [{ ...allowed, Condition: [] }, /Condition that is not an object/],
    "a test that is text": [
      { ...allowed, Condition: { StringEquals: "a" } },
      /"StringEquals" is not an object/,
    ],
  };
  for (const [what, [statement, message]] of Object.entries(malformed)) {
    it(`rejects ${what}`, () => {
      const found = faults(document(statement));
      assert.equal(found.length, 1, found.join("\n"));
      assert.match(found[0], message);
    });
  }

  it("rejects an unknown version", () => {
    assert.match(faults({ Version: "2012-10-18", Statement: [allowed] })[0], /Version "2012-10-18"/);
  });

  it("rejects a variable that is taken literally for want of a version", () => {
    const Resource = "arn:aws:s3:::acme-lake/$" + "{aws:username}/*";
    assert.match(faults({ Statement: [{ ...allowed, Resource }] })[0], /taken literally/);
    assert.deepEqual(faults(document({ ...allowed, Resource })), []);
  });

  it("rejects a duplicate key, which could hide an action from the program's reader", () => {
    const text = '{"Statement":[{"Effect":"Allow","Action":"*","Action":"s3:GetObject","Resource":"*"}]}';
    assert.match(faults(text)[0], /same key twice/);
    assert.deepEqual(
      faults(JSON.stringify(document({ ...allowed, Resource: 'arn:aws:s3:::acme/quote":"inside' }))),
      [],
    );
  });

  it("rejects two statements of the same Sid", () => {
    assert.equal(faults(document({ ...allowed, Sid: "Read" }, { ...allowed, Sid: "Read" })).length, 1);
  });

  it("accepts the component's own documents and rejects each without an effect", async () => {
    for (const [name, type, property] of [
      ["flows-etl-policy", ROLE_POLICY, "policy"],
      ["flows-etl-role", ROLE, "assumeRolePolicy"],
      ["flows-key", "aws:kms/key:Key", "policy"],
      ["flows-lake-policy", POLICY, "policy"],
    ]) {
      const props = await own(name);
      assert.deepEqual(judge(rule, type, props), [], name);
      const broken = read(props[property]);
      delete broken.Statement[0].Effect;
      assert.match(judge(rule, type, { ...props, [property]: JSON.stringify(broken) })[0], /no Effect/, name);
    }
  });

  it("rejects a trust policy that names a resource or nobody", () => {
    assert.deepEqual(trustFaults(trust), []);
    assert.match(trustFaults({ ...trust, Resource: "*" })[0], /a trust policy cannot/);
    const { Principal: _, ...nobody } = trust;
    assert.match(trustFaults(nobody)[0], /neither Principal nor NotPrincipal/);
  });

  it("rejects a bucket policy with a principal of no known kind", () => {
    assert.match(
      bucketFaults({ ...allowed, Principal: { Aws: "*" } })[0],
      /"Aws", which AWS does not know; "AWS"/,
    );
    assert.match(bucketFaults({ ...allowed, Principal: "111122223333" })[0], /neither "\*" nor an object/);
  });

  it("accepts a bucket without a policy", () => {
    assert.deepEqual(judge(rule, "aws:s3/bucket:Bucket", { policy: "" }), []);
    assert.deepEqual(judge(rule, "aws:s3/bucket:Bucket", {}), []);
  });

  it("waits for the update if preview does not know a part", () => {
    const hidden = UNKNOWN_ON_THE_WIRE;
    const statements = ["Effect", "Action", "Resource", "Condition"].map((key) => ({
      ...allowed,
      [key]: hidden,
    }));
    for (const policy of [hidden, { Version: hidden, Statement: hidden }, document(hidden, ...statements)]) {
      assert.deepEqual(faults(policy), []);
    }
    assert.deepEqual(trustFaults({ ...trust, Principal: { AWS: [hidden] } }), []);
  });

  it("reports twenty faults of a document with thousands, and the number of the others", () => {
    const found = faults(document(...Array.from({ length: 5000 }, () => ({ ...allowed, Effect: "Permit" }))));
    assert.equal(found.length, 21);
    assert.match(found[20], /^4980 more findings/);
  });

  it("reports an Effect that is an object without a text", () => {
    assert.ok(faults(document({ ...allowed, Effect: { toString: "" } })).length > 0);
  });

  it("alone reports each of a thousand random malformed documents, and no rule fails on any", () => {
    const key = fc.constantFrom(
      "Sid",
      "Effect",
      "Principal",
      "Action",
      "NotAction",
      "Resource",
      "Condition",
      "x",
    );
    const statement = fc.dictionary(key, fc.oneof(fc.constantFrom("Allow", "*", "s3:*"), fc.jsonValue()));
    const malformedDocument = fc.oneof(
      fc.jsonValue().filter((value) => JSON.stringify(value) !== "null"),
      // Makes every list of statements faulty that has it.
      fc.array(statement).map((some) => document(...some, { Effect: "Allow", Resource: "*" })),
      fc.string().map((text) => `{${text}`),
    );
    const types = [ROLE_POLICY, POLICY, "aws:iam/policy:Policy", "aws:kms/keyPolicy:KeyPolicy"];
    fc.assert(
      fc.property(malformedDocument, fc.constantFrom(...types), fc.boolean(), (value, type, asText) => {
        const policy = asText && typeof value !== "string" ? JSON.stringify(value) : value;
        const said = accessRules.filter((each) => judge(each, type, { policy }).length > 0);
        assert.ok(said.includes(rule));
      }),
      { numRuns: 1000 },
    );
  });
});
