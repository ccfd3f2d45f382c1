import assert from "node:assert/strict";
import type { PolicyResource } from "@pulumi/policy";
import { bucketEncryptedWithCustomerKey as rule } from "../../../policy/rules/encryption/bucket-encrypted-with-customer-key";
import { stackViolations } from "../judging";
import { BUCKET, document, ENCRYPTION, POLICY, resource, UNKNOWN_ON_THE_WIRE as UNKNOWN } from "../stack";

type Stack = Record<string, PolicyResource>;

const encryption = (sseAlgorithm: string) =>
  resource(ENCRYPTION, "logs-encryption", {
    bucket: "acme-logs",
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }],
  });
const bucket = (props = {}) => resource(BUCKET, "logs", { id: "acme-logs", bucket: "acme-logs", ...props });
const found = (stack: Stack) => stackViolations(rule, stack);
/** With S3's own key, with no encryption set, and with the configuration that S3 then reports. */
const STATES: Record<string, (source: Stack) => Stack> = {
  "S3's own key": (source) => ({ bucket: bucket(), encryption: encryption("AES256"), ...source }),
  "nothing set": (source) => ({ bucket: bucket(), ...source }),
};

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const sources: Record<string, [type: string, props: object]> = {
  "an Application Load Balancer's access logs": [
    BALANCER,
    { accessLogs: { bucket: "acme-logs", enabled: true } },
  ],
  "its connection logs": [
    BALANCER,
    { loadBalancerType: "application", connectionLogs: { bucket: "acme-logs" } },
  ],
  "its health check logs": [
    "aws:alb/loadBalancer:LoadBalancer",
    { healthCheckLogs: { bucket: "acme-logs" } },
  ],
  "a Classic Load Balancer's access logs": [
    "aws:elb/loadBalancer:LoadBalancer",
    { accessLogs: { bucket: "acme-logs" } },
  ],
  "another bucket's access logs": [
    "aws:s3/bucketLogging:BucketLogging",
    { bucket: "other", targetBucket: "acme-logs" },
  ],
  "access logs that the other bucket declares itself": [
    BUCKET,
    { id: "other", logging: { targetBucket: "acme-logs" } },
  ],
  "access logs that a BucketV2 declares": [
    "aws:s3/bucketV2:BucketV2",
    { id: "other", loggings: [{ targetBucket: "acme-logs" }] },
  ],
  "a Redshift cluster's audit logs": ["aws:redshift/logging:Logging", { bucketName: "acme-logs" }],
  "a trail's logs": ["aws:cloudtrail/trail:Trail", { s3BucketName: "acme-logs" }],
  "AWS Config's records": ["aws:cfg/deliveryChannel:DeliveryChannel", { s3BucketName: "acme-logs" }],
  "a distribution's logs": [
    "aws:cloudfront/distribution:Distribution",
    { loggingConfig: { bucket: "acme-logs.s3.amazonaws.com" } },
  ],
  "a distribution's logs, by the bucket's regional host": [
    "aws:cloudfront/distribution:Distribution",
    { loggingConfig: { bucket: "acme-logs.s3.eu-west-1.amazonaws.com" } },
  ],
};

const writes = (Principal: object, Action = "s3:PutObject") =>
  resource(POLICY, "logs-policy", {
    bucket: "acme-logs",
    policy: JSON.stringify(
      document({ Effect: "Allow", Principal, Action, Resource: "arn:aws:s3:::acme-logs/*" }),
    ),
  });

/** Returns the bucket's findings, without those of other buckets in the stack. */
const ofLogs = (stack: Stack) => found(stack).filter((each) => each.startsWith('bucket "logs"'));

describe("a bucket that AWS writes logs to", () => {
  for (const [what, [type, props]] of Object.entries(sources))
    for (const [state, make] of Object.entries(STATES))
      it(`may have ${state} when it is for ${what}`, () => {
        assert.deepEqual(ofLogs(make({ source: resource(type, "source", { ...props }) })), []);
      });

  const services = ["logging.s3", "logdelivery.elasticloadbalancing", "redshift", "cloudtrail", "config"];
  for (const service of services)
    it(`may have S3's own key when its policy lets ${service} write`, () => {
      const policy = writes({ Service: `${service}.amazonaws.com` });
      assert.deepEqual(found({ bucket: bucket(), encryption: encryption("AES256"), policy }), []);
    });

  it("may have it when its policy lets Elastic Load Balancing's account of a region write", () => {
    for (const AWS of ["arn:aws:iam::156460612806:root", "127311923021"]) {
      const stack = { bucket: bucket(), encryption: encryption("AES256"), policy: writes({ AWS }) };
      assert.deepEqual(found(stack), []);
    }
  });

  it("may have it when its ACL lets S3's or CloudFront's log delivery write", () => {
    const acl = (props: object) =>
      resource("aws:s3/bucketAcl:BucketAcl", "acl", { bucket: "acme-logs", ...props });
    const grant = (grantee: object) => ({
      accessControlPolicy: { grants: [{ permission: "WRITE", grantee }] },
    });
    for (const props of [
      { acl: "log-delivery-write" },
      grant({ type: "Group", uri: "http://acs.amazonaws.com/groups/s3/LogDelivery" }),
      grant({
        type: "CanonicalUser",
        id: "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0",
      }),
    ])
      assert.deepEqual(found({ bucket: bucket(), encryption: encryption("AES256"), acl: acl(props) }), []);
    assert.deepEqual(
      found({ bucket: bucket({ acl: "log-delivery-write" }), encryption: encryption("AES256") }),
      [],
    );
  });

  it("is recognized in preview by the property dependencies of the name", () => {
    const unnamed = resource(BUCKET, "logs", { id: UNKNOWN, bucket: UNKNOWN });
    const other = resource(BUCKET, "other", { id: UNKNOWN, bucket: UNKNOWN });
    const balancer = (...of: PolicyResource[]) =>
      resource(BALANCER, "alb", { accessLogs: { bucket: UNKNOWN } }, { accessLogs: of });
    assert.deepEqual(found({ unnamed, balancer: balancer(unnamed) }), []);
    assert.deepEqual(
      found({
        unnamed,
        hidden: resource(BALANCER, "alb", { accessLogs: UNKNOWN }, { accessLogs: [unnamed] }),
      }),
      [],
    );
    assert.deepEqual(found({ unnamed, balancer: balancer() }), [], "any bucket may be meant");
    assert.equal(found({ unnamed, other, balancer: balancer(other) }).length, 1);
  });

  describe("but is judged like any other bucket", () => {
    const rejected: Record<string, Stack> = {
      "if a Network Load Balancer logs there, which takes a key": {
        source: resource(BALANCER, "nlb", {
          loadBalancerType: "network",
          accessLogs: { bucket: "acme-logs" },
        }),
      },
      "if flow logs go there, which take a key": {
        source: resource("aws:ec2/flowLog:FlowLog", "flow", {
          logDestinationType: "s3",
          logDestination: "arn:aws:s3:::acme-logs",
        }),
      },
      "if the logs go to another bucket": {
        source: resource(BALANCER, "alb", { accessLogs: { bucket: "acme-logs-2" } }),
      },
      "if it is the bucket whose access is logged": {
        source: resource("aws:s3/bucketLogging:BucketLogging", "l", {
          bucket: "acme-logs",
          targetBucket: "elsewhere",
        }),
      },
      "if its policy lets the service only read": {
        policy: writes({ Service: "config.amazonaws.com" }, "s3:GetBucketAcl"),
      },
      "if its policy lets another service write": { policy: writes({ Service: "ses.amazonaws.com" }) },
      "if its policy lets an account write": { policy: writes({ AWS: "arn:aws:iam::111122223333:root" }) },
    };
    for (const [what, source] of Object.entries(rejected))
      it(what, () => {
        for (const make of Object.values(STATES)) assert.equal(ofLogs(make(source)).length, 1);
      });

    it("if it names AWS's key, which these services do not accept either", () => {
      const source = resource(BALANCER, "alb", { accessLogs: { bucket: "acme-logs" } });
      assert.equal(found({ bucket: bucket(), encryption: encryption("aws:kms"), source }).length, 1);
    });
  });
});
