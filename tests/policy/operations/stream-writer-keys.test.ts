import assert from "node:assert/strict";
import { KEY, resource, UNKNOWN_ON_THE_WIRE as UNKNOWN } from "../stack";
import {
  ACCOUNT,
  accepts,
  allow,
  inline,
  PUT,
  ROLE,
  rejects,
  role,
  stream,
  text,
  USE,
  VIA_FIREHOSE,
  via,
} from "./writers";

describe("stream-writer-may-use-key", () => {
  describe("may use the key", () => {
    const uses: Record<string, object> = {
      "with a pattern of services": { ...USE, ...via("firehose.*.amazonaws.com", "StringLike") },
      "with several services": {
        ...USE,
        Condition: { StringEquals: { "kms:ViaService": ["s3.eu-west-1.amazonaws.com", VIA_FIREHOSE] } },
      },
      "without a condition": allow(["kms:GenerateDataKey", "kms:Decrypt"], KEY),
      "with patterns of actions": allow(["kms:GenerateDataKey*", "kms:Dec*"], "*"),
      "with all of KMS's actions": allow("kms:*", `arn:aws:kms:*:${ACCOUNT}:key/*`),
      "with all but some services": { ...USE, ...via("s3.eu-west-1.amazonaws.com", "StringNotEquals") },
      "for its own account": { ...USE, Condition: { StringEquals: { "kms:CallerAccount": ACCOUNT } } },
      "with an encryption context that cannot be judged": {
        ...USE,
        Condition: { StringLike: { "kms:EncryptionContext:aws:firehose:arn": "*" } },
      },
      "for itself": { ...USE, Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/e*" } } },
    };
    for (const [what, statement] of Object.entries(uses))
      it(`accepts a role that may use it ${what}`, () => accepts(stream(), role(), inline(PUT, statement)));

    const useless: Record<string, object> = {
      "through S3 only": { ...USE, ...via("s3.eu-west-1.amazonaws.com") },
      "through Firehose of another region": { ...USE, ...via("firehose.us-east-1.amazonaws.com") },
      "through a pattern that is no pattern": { ...USE, ...via("firehose.*.amazonaws.com") },
      "directly, not through a service": { ...USE, Condition: { Null: { "kms:ViaService": "true" } } },
      "for another account": { ...USE, Condition: { StringEquals: { "kms:CallerAccount": "444455556666" } } },
      "of another name": { ...USE, Resource: KEY.replace("2f0c6a0e", "00000000") },
      "by an alias, which IAM does not look at": {
        ...USE,
        Resource: `arn:aws:kms:eu-west-1:${ACCOUNT}:alias/flows`,
      },
      "all but this one": { Effect: "Allow", Action: "kms:*", NotResource: KEY },
      "for other purposes": allow(["kms:Encrypt", "kms:DescribeKey", "kms:GenerateDataKeyPair"], KEY),
    };
    for (const [what, statement] of Object.entries(useless))
      it(`rejects a role that may use a key ${what}`, () =>
        rejects(stream(), role(), inline(PUT, statement)));

    it("rejects a role with a Deny on the key", () => {
      const found = rejects(
        stream(),
        role(),
        inline(PUT, USE, { ...USE, Effect: "Deny", Action: "kms:Decrypt" }),
      );
      assert.match(found, /lacks kms:Decrypt on/);
    });
  });

  describe("knows what else can allow a role to use the key", () => {
    const key = (...statements: object[]) =>
      resource("aws:kms/key:Key", "flows-key", { arn: KEY, policy: text(...statements) });
    const keyPolicy = (keyId: unknown, ...statements: object[]) =>
      resource("aws:kms/keyPolicy:KeyPolicy", "flows-key-policy", { keyId, policy: text(...statements) });
    const root = { ...allow("kms:*", "*"), Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } };
    const actions = ["kms:GenerateDataKey*", "kms:Decrypt"];
    const letting = (AWS: string, more = {}) => ({ ...allow(actions, "*"), Principal: { AWS }, ...more });

    it("rejects a role if the key policy allows only its account's root", () => {
      rejects(stream(), role(), inline(PUT), key(root));
    });

    it("accepts one that the key's policy names, in the key or beside it", () => {
      accepts(stream(), role(), inline(PUT), key(root, letting(ROLE)));
      accepts(stream(), role(), inline(PUT), key(root, letting("AROAEXAMPLE")));
      accepts(stream(), role(), inline(PUT), keyPolicy(KEY, root, letting(ROLE)));
      accepts(stream(), role(), inline(PUT), keyPolicy(KEY.split("/")[1], letting(ROLE)));
    });

    it("rejects one if the policy names another role, is another key's or allows one action only", () => {
      rejects(stream(), role(), inline(PUT), key(root, letting(`${ROLE}-other`)));
      rejects(
        stream(),
        role(),
        inline(PUT),
        keyPolicy("00000000-5f4e-4c59-9a35-6f1f6a0b1c2d", letting(ROLE)),
      );
      const found = rejects(stream(), role(), inline(PUT), key(letting(ROLE, { Action: "kms:Decrypt" })));
      assert.match(found, /lacks kms:GenerateDataKey on/);
    });

    it("accepts everybody of the account through Firehose, and not through another service", () => {
      const through = (service: string) => ({
        Condition: { StringEquals: { "kms:ViaService": service, "kms:CallerAccount": ACCOUNT } },
      });
      accepts(stream(), role(), inline(PUT), key(root, letting("*", through(VIA_FIREHOSE))));
      rejects(stream(), role(), inline(PUT), key(root, letting("*", through("sqs.eu-west-1.amazonaws.com"))));
      const account = { Condition: { StringEquals: { "kms:CallerAccount": ACCOUNT } } };
      accepts(stream(), role(), inline(PUT), key(root, letting("*", account)));
    });

    it("accepts a role with a grant for both actions, and rejects one with a grant for fewer", () => {
      const grant = (operations: string[], granteePrincipal: unknown = ROLE) =>
        resource("aws:kms/grant:Grant", "grant", { keyId: KEY, granteePrincipal, operations });
      accepts(stream(), role(), inline(PUT), grant(["Decrypt", "GenerateDataKey"]));
      rejects(stream(), role(), inline(PUT), grant(["Decrypt", "Encrypt"]));
      rejects(stream(), role(), inline(PUT), grant(["Decrypt", "GenerateDataKey"], `${ROLE}-other`));
      accepts(stream(), role(), inline(PUT), grant(["Decrypt", "GenerateDataKey"], UNKNOWN));
    });

    it("finds the key behind an alias", () => {
      const arn = `arn:aws:kms:eu-west-1:${ACCOUNT}:alias/flows`;
      const alias = resource("aws:kms/alias:Alias", "alias", { arn, targetKeyArn: KEY });
      const aliased = stream({ keyArn: arn });
      rejects(aliased, role(), inline(PUT), alias);
      accepts(aliased, role(), inline(PUT, USE), alias);
      rejects(aliased, role(), inline(PUT, { ...USE, Resource: KEY.replace("2f0c6a0e", "00000000") }), alias);
      // The key of another stack's alias is unknown here, so it may be any key.
      accepts(aliased, role(), inline(PUT, USE));
      rejects(aliased, role(), inline(PUT));
    });
  });
});
