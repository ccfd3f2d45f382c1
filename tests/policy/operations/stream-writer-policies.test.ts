import { resource } from "../stack";
import {
  ACCOUNT,
  accepts,
  allow,
  attached,
  inline,
  managed,
  PUT,
  rejects,
  role,
  stream,
  text,
  USE,
} from "./writers";

describe("stream-writer-may-use-key", () => {
  describe("reads every policy of a role", () => {
    const own = { inlinePolicies: [{ name: "put", policy: text(PUT) }] };

    it("its own and those of other resources together", () => {
      rejects(stream(), role(own));
      accepts(stream(), role(own), inline(USE));
      accepts(stream(), role(own), managed("key", USE), attached(`arn:aws:iam::${ACCOUNT}:policy/key`));
    });

    it("attached ones, by any type of attachment", () => {
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

    it("but only the program's: those that AWS reported may be outdated", () => {
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

    it("and finds nothing if this stack does not have one of them", () => {
      accepts(stream(), role(), inline(PUT), attached("arn:aws:iam::444455556666:policy/shared"));
      accepts(stream(), role(), inline(PUT), attached("arn:aws:iam::aws:policy/ThatAwsHasYetToWrite"));
      const names = { roleName: "etl", policyNames: ["etl-policy", "elsewhere"] };
      const exclusive = (props: object) =>
        resource("aws:iam/rolePoliciesExclusive:RolePoliciesExclusive", "all", { ...names, ...props });
      accepts(stream(), role(), inline(PUT), exclusive({}));
      rejects(stream(), role(), inline(PUT), exclusive({ policyNames: ["etl-policy"] }));
    });

    it("AWS's managed ones by their documents", () => {
      const aws = (name: string) => attached(`arn:aws:iam::aws:policy/${name}`);
      for (const name of ["AdministratorAccess", "PowerUserAccess"]) {
        accepts(stream(), role(), aws(name));
        accepts(stream(), role(), inline(PUT), aws(name));
      }
      rejects(stream(), role(), inline(PUT), aws("service-role/AWSLambdaBasicExecutionRole"));
      rejects(stream(), role(), aws("AmazonKinesisFirehoseFullAccess"));
      accepts(stream(), role(), aws("AmazonKinesisFirehoseFullAccess"), inline(USE));
    });

    it("within its permissions boundary, if that is known", () => {
      const boundary = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
      const bound = role({ permissionsBoundary: boundary });
      accepts(stream(), bound, inline(PUT), managed("boundary", allow("s3:*", "*")));
      rejects(stream(), bound, inline(PUT, USE), managed("boundary", PUT));
      accepts(stream(), bound, inline(PUT, USE), managed("boundary", allow("*", "*")));
      rejects(stream(), bound, inline(PUT));
    });
  });
});
