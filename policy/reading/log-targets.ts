import type { PolicyResource } from "@pulumi/policy";
import { partsOf } from "./iam-patterns";
import { serviceOf } from "./partitions";
import type { Entry } from "./principals";
import { type Fields, fields, list, properties, valuesAt } from "./properties";

// Buckets that an AWS service writes logs to. Some services write to buckets with S3's own key only, and others encrypt
// with the key in their own settings, whatever the bucket's default is. Services that do go by the bucket's default, such
// as VPC Flow Logs and Network Load Balancers, are not here.

/** Property of a resource that names the bucket of its logs. */
interface Source {
  types: string[];
  /** The name of the logs in a message. */
  logs: string;
  /** The properties with the bucket, from the resource down. */
  paths: string[];
  /** AWS's page that documents these logs and the keys that their bucket may have. */
  url: string;
  applies?: (props: Fields) => boolean;
}

const GUIDE = "https://docs.aws.amazon.com";

/** The name of CloudTrail's logs. Who reads or removes them is what an attacker would hide, so their bucket is logged. */
export const TRAIL = "a trail's logs";

const SOURCES: Source[] = [
  {
    types: ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"],
    logs: "a load balancer's logs",
    paths: ["accessLogs.bucket", "connectionLogs.bucket", "healthCheckLogs.bucket"],
    url: `${GUIDE}/elasticloadbalancing/latest/application/enable-access-logging.html`,
    applies: ({ loadBalancerType }) => loadBalancerType !== "network" && loadBalancerType !== "gateway",
  },
  {
    types: ["aws:elb/loadBalancer:LoadBalancer"],
    logs: "a load balancer's logs",
    paths: ["accessLogs.bucket"],
    url: `${GUIDE}/elasticloadbalancing/latest/classic/enable-access-logs.html`,
  },
  {
    types: ["aws:s3/bucketLogging:BucketLogging", "aws:s3/bucketLoggingV2:BucketLoggingV2"],
    logs: "a bucket's access logs",
    paths: ["targetBucket"],
    url: `${GUIDE}/AmazonS3/latest/userguide/enable-server-access-logging.html`,
  },
  {
    types: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"],
    logs: "a bucket's access logs",
    paths: ["logging.targetBucket", "loggings.targetBucket"],
    url: `${GUIDE}/AmazonS3/latest/userguide/enable-server-access-logging.html`,
  },
  {
    types: ["aws:redshift/logging:Logging"],
    logs: "a Redshift cluster's audit logs",
    paths: ["bucketName"],
    url: `${GUIDE}/redshift/latest/mgmt/db-auditing.html`,
  },
  {
    types: ["aws:cloudtrail/trail:Trail"],
    logs: TRAIL,
    paths: ["s3BucketName"],
    url: `${GUIDE}/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html`,
  },
  {
    types: ["aws:cfg/deliveryChannel:DeliveryChannel"],
    logs: "AWS Config's records",
    paths: ["s3BucketName"],
    url: `${GUIDE}/config/latest/developerguide/s3-kms-key-policy.html`,
  },
  {
    types: ["aws:cloudfront/distribution:Distribution"],
    logs: "a distribution's logs",
    paths: ["loggingConfig.bucket"],
    url: `${GUIDE}/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html`,
  },
];

/** The logs that a service writes, by the service that a bucket's policy allows to put objects. */
const SERVICES: Record<string, string> = {
  "logging.s3": "a bucket's access logs",
  "logdelivery.elasticloadbalancing": "a load balancer's logs",
  redshift: "a Redshift cluster's audit logs",
  cloudtrail: TRAIL,
  config: "AWS Config's records",
};

/** Elastic Load Balancing's accounts of the regions that it has had longest, from its page on access logs. */
const LOAD_BALANCING = new Set(
  [
    "127311923021 033677994240 027434742980 797873946194 098369216593 754344448648 589379963580 718504428378",
    "383597477331 600734575887 114774131450 783225319266 582318560864 985666609251 054676820928 156460612806",
    "652711504416 635631232127 009996457667 897822967062 076674570225 507241528517 048591011584 190560391635",
    "638102146993 037604701340",
  ].flatMap((line) => line.split(" ")),
);

/** A bucket that logs go to: its name, or the resources that a name unknown in preview is computed from. */
export interface LogTarget {
  logs: string;
  name: unknown;
  sources: PolicyResource[];
}

/** Every bucket that a resource of the stack says it logs to. */
export const logTargetsIn = (stack: PolicyResource[]): LogTarget[] =>
  stack.flatMap((resource) =>
    SOURCES.filter(({ types }) => types.includes(resource.type)).flatMap(({ logs, paths, applies }) => {
      const props = properties(resource);
      if (applies?.(props) === false) return [];
      return paths.flatMap((path) => {
        const [property] = path.split(".");
        const sources = resource.propertyDependencies[property] ?? resource.dependencies;
        return valuesAt(props, path).map((name) => ({ logs, name, sources }));
      });
    }),
  );

/** Returns the logs that a service may write by a statement of a bucket policy; undefined if there are none. */
export function logsLetIn({ statement }: Entry): string | undefined {
  const { effect, actions, services, principals } = statement;
  const writes = actions.some((action) => /^(s3:putobject|s3:put\*|s3:\*|\*)$/i.test(action));
  if (effect !== "Allow" || !writes) return undefined;
  const service = services.map((each) => SERVICES[serviceOf(each) ?? ""]).find(Boolean);
  const account = principals.map((each) => partsOf(each)[4] ?? each).find((each) => LOAD_BALANCING.has(each));
  return service ?? (account && SERVICES["logdelivery.elasticloadbalancing"]);
}

/** S3's group of those who deliver access logs, and CloudFront's account for the same. */
const DELIVERY_GROUP = "http://acs.amazonaws.com/groups/s3/LogDelivery";
const CLOUDFRONT = "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0";

/** The logs that an ACL lets a service write, given as properties of a bucket or of an ACL. */
export function logsGranted({ acl, grants, accessControlPolicy }: Fields): string | undefined {
  if (acl === "log-delivery-write") return SERVICES["logging.s3"];
  const all = [grants, fields(accessControlPolicy).grants].flatMap(list).map(fields);
  const grantees = all.flatMap((grant) => [grant, ...list(grant.grantee).map(fields)]);
  if (grantees.some(({ uri }) => uri === DELIVERY_GROUP)) return SERVICES["logging.s3"];
  return grantees.some(({ id }) => id === CLOUDFRONT) ? "a distribution's logs" : undefined;
}
