import assert from "node:assert/strict";
import type { PolicyResource } from "@pulumi/policy";
import { observe } from "../../local/policy";
import { runProgram } from "../../local/program";
import { streamWriterMayUseKey } from "../../policy/firehose-writers";
import { judge } from "./operations-judge";
import { document, KEY, resource, UNKNOWN_ON_THE_WIRE as UNKNOWN } from "./stack";

const ACCOUNT = "111122223333";
const STREAM = `arn:aws:firehose:eu-west-1:${ACCOUNT}:deliverystream/flows`;
const VIA_FIREHOSE = "firehose.eu-west-1.amazonaws.com";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/etl`;

const stream = (encryption = {}, props = {}) =>
  resource("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "flows", {
    arn: STREAM,
    serverSideEncryption: {
      enabled: true,
      keyType: "CUSTOMER_MANAGED_CMK",
      keyArn: KEY,
      ...encryption,
    },
    ...props,
  });
const role = (props = {}) =>
  resource("aws:iam/role:Role", "etl", {
    id: "etl",
    name: "etl",
    arn: ROLE,
    uniqueId: "AROAEXAMPLE",
    ...props,
  });

const allow = (Action: string | string[], Resource: string | string[], more = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
const PUT = allow(["firehose:PutRecord", "firehose:PutRecordBatch"], STREAM);
const via = (service: string, operator = "StringEquals") => ({
  Condition: { [operator]: { "kms:ViaService": service } },
});
const USE = allow(["kms:GenerateDataKey", "kms:Decrypt"], KEY, via(VIA_FIREHOSE));
const text = (...statements: object[]) => JSON.stringify(document(...statements));
const inline = (...statements: object[]) =>
  resource("aws:iam/rolePolicy:RolePolicy", "etl-policy", {
    role: "etl",
    name: "etl-policy",
    policy: text(...statements),
  });
const managed = (name: string, ...statements: object[]) =>
  resource("aws:iam/policy:Policy", name, {
    arn: `arn:aws:iam::${ACCOUNT}:policy/${name}`,
    policy: text(...statements),
  });
const attached = (policyArn: unknown) =>
  resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "etl-attachment", { role: "etl", policyArn });

const of = (...resources: PolicyResource[]) => judge(streamWriterMayUseKey, resources);
const accepts = (...resources: PolicyResource[]) => assert.deepEqual(of(...resources), []);
const rejects = (...resources: PolicyResource[]) => {
  const found = of(...resources);
  assert.equal(found.length, 1, found.join("\n"));
  return found[0];
};

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

  describe("puts records", () => {
    const puts: Record<string, object> = {
      "one record at a time": allow("firehose:PutRecord", STREAM),
      "batches, in other letters": allow("FIREHOSE:putrecordbatch", STREAM),
      "by a pattern of actions": allow("firehose:Put*", STREAM),
      "by all of Firehose's actions": allow("firehose:*", STREAM),
      "into every stream": allow("firehose:PutRecordBatch", "*"),
      "into streams of a prefix": allow(
        "firehose:PutRecordBatch",
        `arn:aws:firehose:*:${ACCOUNT}:deliverystream/fl*`,
      ),
      "into all streams but one": {
        Effect: "Allow",
        Action: "firehose:PutRecord",
        NotResource: `arn:aws:firehose:eu-west-1:${ACCOUNT}:deliverystream/other`,
      },
      "by all actions but IAM's and KMS's": { Effect: "Allow", NotAction: ["iam:*", "kms:*"], Resource: "*" },
      "from one network": { ...PUT, Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } },
      "over TLS, in one region": {
        ...PUT,
        Condition: {
          Bool: { "aws:SecureTransport": "true" },
          StringEquals: { "aws:RequestedRegion": "eu-west-1" },
        },
      },
    };
    for (const [what, statement] of Object.entries(puts))
      it(`rejects a role that puts ${what}`, () => rejects(stream(), role(), inline(statement)));

    const none: Record<string, object[]> = {
      "other actions of Firehose": [
        allow(["firehose:DescribeDeliveryStream", "firehose:ListDeliveryStreams"], "*"),
      ],
      "records into another stream": [allow("firehose:PutRecordBatch", `${STREAM}-other`)],
      "records in another region": [
        { ...PUT, Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } } },
      ],
      "records into streams with a tag that may not be this one's": [
        { ...PUT, Condition: { StringEquals: { "aws:ResourceTag/team": "flows" } } },
      ],
      "records into a Kinesis stream": [allow("kinesis:PutRecords", "*")],
      "nothing, by a Deny": [PUT, { ...PUT, Effect: "Deny" }],
      "nothing, by a Deny of everything": [PUT, { Effect: "Deny", Action: "*", Resource: "*" }],
    };
    for (const [what, statements] of Object.entries(none))
      it(`accepts a role that may do ${what}`, () => accepts(stream(), role(), inline(...statements)));

    it("rejects one whose Deny is about something else", () => {
      rejects(stream(), role(), inline(PUT, { ...PUT, Effect: "Deny", Resource: `${STREAM}-other` }));
      const Condition = { StringNotEquals: { "aws:SourceVpce": "vpce-1" } };
      rejects(stream(), role(), inline(PUT, { ...PUT, Effect: "Deny", Condition }));
    });
  });

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
      it(`rejects a role that may use one ${what}`, () => rejects(stream(), role(), inline(PUT, statement)));

    it("rejects a role that a Deny keeps from the key", () => {
      const found = rejects(
        stream(),
        role(),
        inline(PUT, USE, { ...USE, Effect: "Deny", Action: "kms:Decrypt" }),
      );
      assert.match(found, /lacks kms:Decrypt on/);
    });
  });

  describe("reads every policy of a role", () => {
    const own = { inlinePolicies: [{ name: "put", policy: text(PUT) }] };

    it("its own and those of other resources together", () => {
      rejects(stream(), role(own));
      accepts(stream(), role(own), inline(USE));
      accepts(stream(), role(own), managed("key", USE), attached(`arn:aws:iam::${ACCOUNT}:policy/key`));
    });

    it("attached ones, whatever attaches them", () => {
      const arn = `arn:aws:iam::${ACCOUNT}:policy/put`;
      const put = managed("put", PUT);
      const list = { roles: ["other", "etl"], policyArn: arn };
      const exclusive = { roleName: "etl", policyArns: [arn] };
      rejects(stream(), role(), put, attached(arn));
      rejects(stream(), role({ managedPolicyArns: [arn] }), put);
      rejects(stream(), role(), put, resource("aws:iam/policyAttachment:PolicyAttachment", "all", list));
      const type = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive";
      rejects(stream(), role(), put, resource(type, "all", exclusive));
      accepts(stream(), role(), put);
    });

    it("but no more than the program says: what AWS reported of the role may be outdated", () => {
      const named = resource(
        "aws:iam/role:Role",
        "etl",
        { ...role().props, ...own },
        { assumeRolePolicy: [] },
      );
      accepts(stream(), named);
      const given = { ...named, propertyDependencies: { inlinePolicies: [], assumeRolePolicy: [] } };
      rejects(stream(), given);
    });

    it("and says nothing if one of them cannot be read from this stack", () => {
      accepts(stream(), role(), inline(PUT), attached("arn:aws:iam::444455556666:policy/shared"));
      accepts(stream(), role(), inline(PUT), attached("arn:aws:iam::aws:policy/ThatAwsHasYetToWrite"));
      const names = { roleName: "etl", policyNames: ["etl-policy", "elsewhere"] };
      const exclusive = (props: object) =>
        resource("aws:iam/rolePoliciesExclusive:RolePoliciesExclusive", "all", { ...names, ...props });
      accepts(stream(), role(), inline(PUT), exclusive({}));
      rejects(stream(), role(), inline(PUT), exclusive({ policyNames: ["etl-policy"] }));
    });

    it("AWS's own by what they say", () => {
      const aws = (name: string) => attached(`arn:aws:iam::aws:policy/${name}`);
      for (const name of ["AdministratorAccess", "PowerUserAccess"]) {
        accepts(stream(), role(), aws(name));
        accepts(stream(), role(), inline(PUT), aws(name));
      }
      rejects(stream(), role(), inline(PUT), aws("service-role/AWSLambdaBasicExecutionRole"));
      rejects(stream(), role(), aws("AmazonKinesisFirehoseFullAccess"));
      accepts(stream(), role(), aws("AmazonKinesisFirehoseFullAccess"), inline(USE));
    });

    it("within its permissions boundary, if that can be read", () => {
      const boundary = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
      const bound = role({ permissionsBoundary: boundary });
      accepts(stream(), bound, inline(PUT), managed("boundary", allow("s3:*", "*")));
      rejects(stream(), bound, inline(PUT, USE), managed("boundary", PUT));
      accepts(stream(), bound, inline(PUT, USE), managed("boundary", allow("*", "*")));
      rejects(stream(), bound, inline(PUT));
    });
  });

  describe("knows who else may let a role use the key", () => {
    const key = (...statements: object[]) =>
      resource("aws:kms/key:Key", "flows-key", { arn: KEY, policy: text(...statements) });
    const keyPolicy = (keyId: unknown, ...statements: object[]) =>
      resource("aws:kms/keyPolicy:KeyPolicy", "flows-key-policy", { keyId, policy: text(...statements) });
    const root = { ...allow("kms:*", "*"), Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } };
    const actions = ["kms:GenerateDataKey*", "kms:Decrypt"];
    const letting = (AWS: string, more = {}) => ({ ...allow(actions, "*"), Principal: { AWS }, ...more });

    it("rejects a role that only the root of its account stands for", () => {
      rejects(stream(), role(), inline(PUT), key(root));
    });

    it("accepts one that the key's policy names, in the key or beside it", () => {
      accepts(stream(), role(), inline(PUT), key(root, letting(ROLE)));
      accepts(stream(), role(), inline(PUT), key(root, letting("AROAEXAMPLE")));
      accepts(stream(), role(), inline(PUT), keyPolicy(KEY, root, letting(ROLE)));
      accepts(stream(), role(), inline(PUT), keyPolicy(KEY.split("/")[1], letting(ROLE)));
    });

    it("rejects one if the policy names another, is another key's or gives one action only", () => {
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

    it("accepts a role with a grant for both, and rejects one with a grant for less", () => {
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
      // Of another stack's alias nobody here knows the key: any may be it.
      accepts(aliased, role(), inline(PUT, USE));
      rejects(aliased, role(), inline(PUT));
    });
  });

  it("judges users with their groups, and a group alone where no user is known", () => {
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

  describe("asks nothing", () => {
    it("of streams without a customer key", () => {
      for (const encryption of [{ keyType: "AWS_OWNED_CMK" }, { enabled: false }, { keyArn: undefined }])
        accepts(stream(encryption), role(), inline(PUT));
      accepts(stream({}, { serverSideEncryption: undefined }), role(), inline(PUT));
    });

    it("of streams and roles of other stacks", () => {
      accepts(role(), inline(PUT));
      accepts(stream(), inline(PUT));
    });

    it("of a role or stream that is exempt", () => {
      const stack = () => [stream(), role(), inline(PUT)];
      for (const name of ["etl", "flows"])
        assert.deepEqual(judge(streamWriterMayUseKey, stack(), { exempt: [name] }), []);
    });
  });

  describe("in preview", () => {
    const roleToBe = resource("aws:iam/role:Role", "etl", { id: UNKNOWN, name: UNKNOWN, arn: UNKNOWN });
    const policyOf = (policy: unknown) =>
      resource(
        "aws:iam/rolePolicy:RolePolicy",
        "etl-policy",
        { role: UNKNOWN, policy },
        { role: [roleToBe] },
      );

    it("waits for what is not known: stream, key, documents", () => {
      accepts(stream({}, { arn: UNKNOWN }), role(), inline(PUT));
      accepts(stream({ keyArn: UNKNOWN }), role(), inline(PUT));
      accepts(stream({}, { serverSideEncryption: UNKNOWN }), role(), inline(PUT));
      accepts(stream(), roleToBe, policyOf(UNKNOWN));
      accepts(stream(), role(), inline(PUT), attached(UNKNOWN));
      accepts(stream(), role({ inlinePolicies: UNKNOWN }), inline(PUT));
    });

    it("rejects a role that is yet to be made and whose policy is known", () => {
      rejects(stream(), roleToBe, policyOf(text(PUT)));
      accepts(stream(), roleToBe, policyOf(text(PUT, USE)));
    });

    it("waits where a policy may be for one role or another", () => {
      const other = resource("aws:iam/role:Role", "other", { id: UNKNOWN, name: UNKNOWN });
      const any = { ...policyOf(text(PUT)), propertyDependencies: { role: [roleToBe, other] } };
      accepts(stream(), roleToBe, other, any);
    });

    it("knows an attached policy by what its ARN is computed from", () => {
      const policy = resource("aws:iam/policy:Policy", "put", { arn: UNKNOWN, policy: text(PUT) });
      const type = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
      const attaches = resource(type, "a", { role: "etl", policyArn: UNKNOWN }, { policyArn: [policy] });
      rejects(stream(), role(), policy, attaches);
    });

    it("waits for a key's policy that the program gives and preview does not know", () => {
      const key = (given: Record<string, PolicyResource[]>) =>
        resource("aws:kms/key:Key", "k", { arn: KEY, policy: UNKNOWN }, given);
      accepts(stream(), role(), inline(PUT), key({ policy: [], description: [] }));
      rejects(stream(), role(), inline(PUT), key({ description: [] }));
    });
  });

  describe("in this project's own stacks", () => {
    const sources = { vpcs: { main: "vpc-0123456789abcdef0" } };
    const producers = { producerAccounts: ["444455556666"], producerRegions: ["us-east-1", "eu-west-1"] };
    const stacks: Record<string, Record<string, unknown>> = {
      LAMBDA: sources,
      SUBSCRIPTION: { ...sources, ...producers },
      DIRECT: sources,
    };
    const declared = async (ingestion: string) => {
      const { planned } = await observe(() => runProgram("prod", { ...stacks[ingestion], ingestion }));
      return planned.map((each) => each.resource);
    };

    for (const ingestion of Object.keys(stacks))
      it(`accepts every writer with ${ingestion}`, async () => {
        accepts(...(await declared(ingestion)));
      });

    for (const ingestion of ["LAMBDA", "SUBSCRIPTION"])
      it(`rejects the writers with ${ingestion} without what they may do with the key through Firehose`, async () => {
        const resources = await declared(ingestion);
        for (const each of resources.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy")) {
          const policy = String(each.props.policy).replaceAll("firehose.us-east-1.", "sqs.us-east-1.");
          each.props = { ...each.props, policy };
        }
        assert.notEqual(of(...resources).length, 0);
      });
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
