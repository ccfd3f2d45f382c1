import assert from "node:assert/strict";
import { KEY, resource } from "../stack";
import {
  ACCOUNT,
  accepts,
  allow,
  inline,
  PUT,
  rejects,
  role,
  STREAM,
  stream,
  text,
  USE,
  VIA_FIREHOSE,
} from "./writers";

describe("stream-writer-may-use-key", () => {
  it("rejects a role that puts records and may not use the key, and says what to allow", () => {
    assert.equal(
      rejects(stream(), role(), inline(PUT)),
      `role "etl" may put records into delivery stream "flows" but lacks kms:GenerateDataKey and kms:Decrypt on its key "${KEY}", ` +
        `so Firehose refuses every record; allow both on the key, with kms:ViaService ${VIA_FIREHOSE}.`,
    );
  });

  it("accepts one that may use the key through Firehose", () => accepts(stream(), role(), inline(PUT, USE)));

  for (const lacking of ["kms:GenerateDataKey", "kms:Decrypt"])
    it(`rejects one that lacks ${lacking} alone`, () => {
      const others = [USE.Action].flat().filter((action) => action !== lacking);
      const found = rejects(stream(), role(), inline(PUT, { ...USE, Action: others }));
      assert.match(found, new RegExp(`lacks ${lacking} on its key .*; allow it on the key`));
    });

  it("judges users with their groups, and a group alone if no user is known", () => {
    const user = resource("aws:iam/user:User", "ada", {
      id: "ada",
      name: "ada",
      arn: `arn:aws:iam::${ACCOUNT}:user/ada`,
    });
    const group = resource("aws:iam/group:Group", "writers", { id: "writers", name: "writers" });
    const ofGroup = (...statements: object[]) =>
      resource("aws:iam/groupPolicy:GroupPolicy", "put", { group: "writers", policy: text(...statements) });
    const ofUser = (...statements: object[]) =>
      resource("aws:iam/userPolicy:UserPolicy", "use", { user: "ada", policy: text(...statements) });
    const member = resource("aws:iam/userGroupMembership:UserGroupMembership", "m", {
      user: "ada",
      groups: ["writers"],
    });
    assert.match(rejects(stream(), user, ofUser(PUT)), /^user "ada" /);
    assert.match(rejects(stream(), group, ofGroup(PUT)), /^group "writers" /);
    accepts(stream(), group, ofGroup(PUT, USE));
    accepts(stream(), user, group, member, ofGroup(PUT), ofUser(USE));
    assert.match(rejects(stream(), user, group, member, ofGroup(PUT)), /^user "ada" /);
    const elsewhere = { ...member, props: { user: "ada", groups: ["elsewhere"] } };
    accepts(stream(), user, elsewhere, ofUser(PUT));
  });

  it("judges a thousand streams and roles in seconds", () => {
    const many = <T>(make: (n: number) => T) => Array.from({ length: 1000 }, (_, n) => make(n));
    const stack = [
      ...many((n) => ({ ...stream({}, { arn: `${STREAM}-${n}` }), urn: `stream-${n}` })),
      ...many((n) => ({ ...role({ name: `etl-${n}`, id: `etl-${n}` }), urn: `role-${n}` })),
      ...many((n) =>
        resource("aws:iam/rolePolicy:RolePolicy", `p${n}`, {
          role: `etl-${n}`,
          policy: text(allow("firehose:PutRecord", `${STREAM}-${n}`), USE),
        }),
      ),
    ];
    const began = Date.now();
    accepts(...stack);
    assert.ok(Date.now() - began < 20_000, `${Date.now() - began} ms`);
  });
});
