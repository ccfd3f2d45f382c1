import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isAllOf, isEveryAction } from "../../../policy/reading/iam-actions";
import { RESOURCE_POLICIES } from "../../../policy/reading/resource-policies";
import { resourcePolicyNoWildcardAction } from "../../../policy/rules/access/resource-policy-no-wildcard-action";
import { exposureRules } from "../../../policy/rules/exposure";
import { bucketTlsOnly } from "../../../policy/rules/exposure/bucket-tls-only";
import { resourcePolicyNoLockOut } from "../../../policy/rules/exposure/resource-policy-no-lock-out";
import { stackViolations, violations } from "../judging";
import { document, httpsOnly, lake } from "../stack";

/** A property that may hold a policy, in the arguments of a resource of the provider. */
const POLICY =
  /^ {4}(policy|policyDocument|accessPolic(?:y|ies)|resourcePolicy|repositoryPolicy|deliveryDestinationPolicy|\w+PolicyDocument)\??: [^;]*string/gm;

/** Reasons why a property is not a resource policy, or is meant for everybody. */
const OTHERS: Record<string, string> = {
  "aws:apigateway/domainName:DomainName policy": "an API is for whoever its authorizers let in",
  "aws:apigateway/restApi:RestApi policy": "an API is for whoever its authorizers let in",
  "aws:apigateway/restApiPolicy:RestApiPolicy policy": "an API is for whoever its authorizers let in",
  "aws:cloudwatch/logAccountPolicy:LogAccountPolicy policyDocument": "a subscription or what to mask",
  "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy policyDocument": "what to mask",
  "aws:cloudwatch/logIndexPolicy:LogIndexPolicy policyDocument": "what to index",
  "aws:ec2/vpcEndpoint:VpcEndpoint policy": "limits what goes through, and lets nobody in",
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy policy": "limits what goes through, and lets nobody in",
  "aws:ecr/lifecyclePolicy:LifecyclePolicy policy": "what to delete",
  "aws:ecrpublic/repositoryPolicy:RepositoryPolicy policy": "a gallery that is for everybody",
  "aws:eks/podIdentityAssociation:PodIdentityAssociation policy": "limits a session",
  "aws:glacier/vaultLock:VaultLock policy": "refuses deletions",
  "aws:iam/groupPolicy:GroupPolicy policy": "an identity's",
  "aws:iam/policy:Policy policy": "an identity's",
  "aws:iam/rolePolicy:RolePolicy policy": "an identity's",
  "aws:iam/userPolicy:UserPolicy policy": "an identity's",
  "aws:iot/policy:Policy policy": "a device's, with no principal",
  "aws:iot/policyAttachment:PolicyAttachment policy": "the name of one",
  "aws:networkmanager/coreNetwork:CoreNetwork basePolicyDocument": "routes",
  "aws:networkmanager/coreNetworkPolicyAttachment:CoreNetworkPolicyAttachment policyDocument": "routes",
  "aws:odb/network:Network kmsPolicyDocument": "limits what a network reaches",
  "aws:odb/network:Network s3PolicyDocument": "limits what a network reaches",
  "aws:odb/network:Network stsPolicyDocument": "limits what a network reaches",
  "aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy policy": "a form of its own",
  "aws:opensearch/serverlessLifecyclePolicy:ServerlessLifecyclePolicy policy": "what to delete",
  "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy policy": "a form of its own",
  "aws:ses/receiptFilter:ReceiptFilter policy": "Allow or Block",
  "aws:sns/dataProtectionPolicy:DataProtectionPolicy policy": "what to mask",
  "aws:transfer/access:Access policy": "limits a session",
  "aws:transfer/user:User policy": "limits a session",
  "aws:verifiedaccess/endpoint:Endpoint policyDocument": "Cedar",
  "aws:verifiedaccess/group:Group policyDocument": "Cedar",
  "aws:vpclattice/authPolicy:AuthPolicy policy": "a service's callers are named by its network",
};

/** Every property of the installed provider's resources that may hold a policy, with its type before it. */
function candidates(): string[] {
  const root = dirname(require.resolve("@pulumi/aws/package.json"));
  const modules = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return modules.flatMap(({ name }) =>
    readdirSync(join(root, name))
      .filter((file) => file.endsWith(".d.ts") && !file.startsWith("get"))
      .flatMap((file) => {
        const [args = ""] =
          /^export interface \w+Args \{.*?^\}/ms.exec(readFileSync(join(root, name, file), "utf8")) ?? [];
        const properties = Array.from(args.matchAll(POLICY), ([, property]) => property);
        if (properties.length === 0) return [];
        const code = readFileSync(join(root, name, file.replace(/\.d\.ts$/, ".js")), "utf8");
        const type = /__pulumiType = '([^']+)'/.exec(code)?.[1];
        return properties.map((property) => `${type} ${property}`);
      }),
  );
}

const everybody = document({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" });

describe("the table of resource policies", () => {
  it("has every such type of the installed provider, and nothing else", () => {
    const table = Object.entries(RESOURCE_POLICIES).map(([type, property]) => `${type} ${property}`);
    assert.deepEqual([...table, ...Object.keys(OTHERS)].sort(), candidates().sort());
  });

  for (const [type, property] of Object.entries(RESOURCE_POLICIES)) {
    it(`is judged by one rule about everybody: ${type}`, () => {
      const found = exposureRules.flatMap((rule) =>
        "validateStack" in rule || !rule.validateResource || !rule.name.endsWith("-policy-not-public")
          ? []
          : violations(rule, type, { [property]: JSON.stringify(everybody) }),
      );
      assert.equal(found.length, 1, found.join("\n"));
    });

    it(`is judged for wildcards and for a lock-out: ${type}`, () => {
      const wide = document({
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111122223333:role/a" },
        Action: "s3:*",
        Resource: "*",
      });
      assert.equal(violations(resourcePolicyNoWildcardAction, type, { [property]: wide }).length, 1);
      const shut = document({ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" });
      assert.equal(violations(resourcePolicyNoLockOut, type, { [property]: shut }).length, 1);
    });
  }
});

describe("every action", () => {
  const same = ["*", "s3:*", "S3:**", "s3:?*", "s3:*?"];
  const TYPE = "aws:s3/bucketPolicy:BucketPolicy";
  const ARNS = ["arn:aws:s3:::acme-lake", "arn:aws:s3:::acme-lake/*"];

  for (const action of [...same, "s3:*e*"])
    it(`is ${action} to every rule`, () => {
      assert.ok(isEveryAction(action));
      const policy = (statement: object) => ({ policy: document(statement) });
      const shut = policy({ Effect: "Deny", Principal: "*", Action: action, Resource: ARNS });
      assert.equal(violations(resourcePolicyNoLockOut, TYPE, shut).length, 1);
      const wide = policy({
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::1:role/a" },
        Action: action,
        Resource: ARNS,
      });
      assert.equal(violations(resourcePolicyNoWildcardAction, TYPE, wide).length, 1);
    });

  it("is denied over plain HTTP only by a pattern that matches every action", () => {
    const refusing = (Action: string) => {
      const stack = lake();
      stack.policy.props.policy = JSON.stringify(document({ ...httpsOnly(...ARNS), Action }));
      return stackViolations(bucketTlsOnly, stack).length;
    };
    for (const action of same) assert.equal(refusing(action), 0, action);
    for (const action of ["s3:*e*", "s3:Get*", "sqs:*", "s3:????*"])
      assert.equal(refusing(action), action === "s3:????*" ? 0 : 1, action);
  });

  it("does not include a pattern for some actions", () => {
    for (const action of ["s3:Get*", "s3:*Object", "s3:GetObject"]) {
      assert.ok(!isEveryAction(action));
      assert.ok(!isAllOf("s3", action));
    }
  });
});
