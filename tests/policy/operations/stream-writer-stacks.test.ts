import assert from "node:assert/strict";
import type { PolicyResource } from "@pulumi/policy";
import { runProgram } from "../../../local/program";
import { streamWriterMayUseKey } from "../../../policy/rules/operations/stream-writer-may-use-key";
import { observe } from "../observe";
import { KEY, resource, UNKNOWN_ON_THE_WIRE as UNKNOWN } from "../stack";
import { judge } from "./judge";
import { accepts, attached, inline, of, PUT, rejects, role, stream, text, USE } from "./writers";

describe("stream-writer-may-use-key", () => {
  describe("in preview", () => {
    const roleToBe = resource("aws:iam/role:Role", "etl", { id: UNKNOWN, name: UNKNOWN, arn: UNKNOWN });
    const policyOf = (policy: unknown) =>
      resource(
        "aws:iam/rolePolicy:RolePolicy",
        "etl-policy",
        { role: UNKNOWN, policy },
        { role: [roleToBe] },
      );

    it("waits if the stream, the key or a document is unknown", () => {
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

    it("waits if a policy may belong to one role or another", () => {
      const other = resource("aws:iam/role:Role", "other", { id: UNKNOWN, name: UNKNOWN });
      const any = { ...policyOf(text(PUT)), propertyDependencies: { role: [roleToBe, other] } };
      accepts(stream(), roleToBe, other, any);
    });

    it("finds an attached policy by its ARN's property dependencies", () => {
      const policy = resource("aws:iam/policy:Policy", "put", { arn: UNKNOWN, policy: text(PUT) });
      const type = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
      const attaches = resource(type, "a", { role: "etl", policyArn: UNKNOWN }, { policyArn: [policy] });
      rejects(stream(), role(), policy, attaches);
    });

    it("waits for a key's policy that the program sets and preview does not know", () => {
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
      it(`rejects the writers with ${ingestion} without their permissions on the key through Firehose`, async () => {
        const resources = await declared(ingestion);
        for (const each of resources.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy")) {
          const policy = String(each.props.policy).replaceAll("firehose.us-east-1.", "sqs.us-east-1.");
          each.props = { ...each.props, policy };
        }
        assert.notEqual(of(...resources).length, 0);
      });
  });

  describe("finds nothing", () => {
    it("in streams without a customer key", () => {
      for (const encryption of [{ keyType: "AWS_OWNED_CMK" }, { enabled: false }, { keyArn: undefined }])
        accepts(stream(encryption), role(), inline(PUT));
      accepts(stream({}, { serverSideEncryption: undefined }), role(), inline(PUT));
    });

    it("in streams and roles of other stacks", () => {
      accepts(role(), inline(PUT));
      accepts(stream(), inline(PUT));
    });

    it("in an exempt role or stream", () => {
      const stack = () => [stream(), role(), inline(PUT)];
      for (const name of ["etl", "flows"])
        assert.deepEqual(judge(streamWriterMayUseKey, stack(), { exempt: [name] }), []);
    });
  });
});
