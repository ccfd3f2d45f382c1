import assert from "node:assert/strict";
import { type PolicyResource, unknownCheckingProxy } from "@pulumi/policy";
import type { PolicyConfig } from "../../policy/config-file";
import { judge, type Planned } from "../../policy/judge";
import { rules } from "../../policy/rules";
import { embedded } from "../components/embedded";
import { observe } from "./observe";
import { UNKNOWN_ON_THE_WIRE } from "./stack";

/** The rule that finds each resource of examples/insecure. A remediation alone finds nothing. */
const MISTAKES: Record<string, string> = {
  "bucket-without-encryption": "bucket-encrypted",
  "bucket-with-the-services-key": "bucket-encrypted-with-customer-key",
  "bucket-that-asks-kms-for-every-object": "bucket-uses-bucket-key",
  "key-for-ever": "key-rotates",
  "catalogue-in-plain-text": "catalog-encrypted-with-customer-key",
  "jobs-that-log-in-plain-text": "security-configuration-encrypts",
  "delivery-without-a-key": "delivery-stream-encrypted-with-customer-key",
  "delivery-in-plain-text": "stream-encrypted",
  "records-with-awss-key": "data-stream-encrypted-with-customer-key",
  "environment-without-a-key": "function-environment-encrypted-with-customer-key",
  "logs-without-a-key": "log-group-encrypted-with-customer-key",
  "results-in-plain-text": "workgroup-encrypts-results",
  "database-with-results-in-plain-text": "athena-database-encrypts-results",
  "topic-in-plain-text": "topic-encrypted-with-customer-key",
  "queue-in-plain-text": "queue-encrypted-with-customer-key",
  "database-in-plain-text": "store-encrypted",
  "cache-in-plain-text": "cache-encrypted",
  "disk-in-plain-text": "disk-encrypted",
  "trail-without-a-key": "store-encrypted-with-customer-key",

  "bucket-that-may-become-public": "bucket-blocks-public-access",
  "bucket-without-a-block": "bucket-has-public-access-block",
  "account-that-may-become-public": "public-access-block-complete",
  "acl-for-everybody": "bucket-acl-not-public",
  "bucket-for-readers-policy": "bucket-policy-not-public",
  "bucket-over-plain-http": "bucket-tls-only",
  "key-for-everybody": "key-policy-not-public",
  "secret-for-everybody": "resource-policy-not-public",
  "secret-for-nobody": "resource-policy-no-lock-out",
  "stream-for-everybody": "stream-policy-not-public",
  "permission-for-any-account": "function-permission-names-its-source",
  "url-for-everybody": "function-url-authenticates",
  "password-in-the-environment": "function-environment-without-secrets",
  "logs-for-everybody": "log-policy-not-public",
  "topic-for-everybody": "topic-policy-not-public",
  "queue-for-everybody": "queue-policy-not-public",
  "topic-over-plain-http": "message-tls-only",
  "group-open-to-the-world": "port-not-open",
  "database-on-the-internet": "store-not-on-internet",
  "image-for-everybody": "copy-not-public",
  "parameter-with-a-password": "configuration-without-secrets",

  "policy-that-is-no-policy": "policy-document-readable",
  "policy-with-a-typing-mistake": "policy-action-exists",
  "policy-for-a-whole-service": "role-no-wildcard-action",
  "policy-for-every-topic": "role-no-wildcard-resource",
  "policy-for-whatever-begins-so": "role-no-broad-action-pattern",
  "attachment-of-all-permissions": "role-no-broad-managed-policy",
  "policy-that-gives-itself-more": "role-no-privilege-escalation",
  "role-that-two-policies-make-administrator": "role-no-combined-escalation",
  "policy-that-passes-any-role": "role-no-pass-any-role",
  "policy-that-reads-every-secret": "role-no-unbounded-data-access",
  "policy-that-becomes-any-role": "role-no-credential-exposure",
  "policy-that-gives-out-permissions": "role-no-permissions-management",
  "role-for-everybody": "role-trust-not-public",
  "role-in-any-way": "role-trust-no-wildcard-action",
  "role-for-a-whole-account": "role-trust-no-account-root",
  "role-for-a-service-of-any-account": "role-trust-confused-deputy",
  "role-for-any-pipeline": "role-trust-binds-subject",
  "role-for-any-audience": "role-trust-names-audience",
  "topic-with-all-actions": "resource-policy-no-wildcard-action",
  "topic-for-a-service-of-any-account": "resource-policy-confused-deputy",
  "policy-of-one-user": "user-no-direct-policy",
  "key-that-does-not-expire": "user-no-long-lived-key",

  "logs-for-ever": "log-group-retention-bounded",
  "function-that-forgets-what-it-fails-on": "function-keeps-failed-events",
  "function-of-another-age": "function-runtime-supported",
  "function-that-nobody-can-trace": "function-traced",
  "function-without-a-limit": "function-concurrency-limited",
  "delivery-that-does-not-say-why-it-fails": "stream-logs-errors",
  "writer-without-the-key": "stream-writer-may-use-key",
  "bucket-for-ever": "bucket-has-lifecycle",
  "bucket-that-forgets": "bucket-versioned",
  "bucket-that-nobody-watches": "bucket-logs-access",
  "queries-of-any-size": "workgroup-scan-limited",
  "topic-of-nobody": "resource-tagged",
};

/** In preview these wait: the policy names the ARN of a bucket or stream that is yet to be made. */
const WAITS = ["bucket-for-readers-policy", "bucket-over-plain-http", "writer-without-the-key"];

/**
 * The rule about tags judges one resource, since no other has any. The rules about customer keys leave out what has no
 * encryption at all, which rules of their own find.
 */
const CONFIG: PolicyConfig = {
  "resource-tagged": { required: ["owner"], exempt: [] },
  "bucket-encrypted-with-customer-key": { exempt: ["bucket-without-encryption"] },
  "delivery-stream-encrypted-with-customer-key": { exempt: ["delivery-in-plain-text"] },
};

describe("examples/insecure", () => {
  let planned: Planned[];

  before(async () => {
    const program = () => ({ ...require("../../examples/insecure") });
    ({ planned } = await observe(() => embedded("eu-west-1", program)));
    const others = planned.map(({ resource }) => resource.name).filter((name) => name !== "topic-of-nobody");
    CONFIG["resource-tagged"].exempt = [...new Set(others)];
  });

  const found = async (resources: Planned[]) =>
    (await judge(resources, CONFIG)).map(({ name, rule }) => [name, rule]).sort();

  it("has a mistake for every rule, except remediations", () => {
    const finding = rules.filter((rule) => "validateStack" in rule || rule.validateResource);
    assert.deepEqual(Object.values(MISTAKES).sort(), finding.map(({ name }) => name).sort());
  });

  it("has each mistake reported once by its rule, and nothing else", async () => {
    assert.deepEqual(await found(planned), Object.entries(MISTAKES).sort());
  });

  it("has the same mistakes reported in preview, where values from AWS are unknown, except those that must wait", async () => {
    const expected = Object.entries(MISTAKES).filter(([name]) => !WAITS.includes(name));
    assert.deepEqual(await found(inPreview(planned)), expected.sort());
  });

  it("has the resource and the remedy in each report", async () => {
    for (const { message, rule } of await judge(planned, CONFIG)) assert.match(message, /; .+\.$/s, rule);
  });
});

/** Returns the resources before their creation: values from AWS are unknown, and so are all values that contain them. */
function inPreview(planned: Planned[]): Planned[] {
  const chosen = planned.flatMap(({ inputs, resource }) =>
    ["id", "arn", "name", "bucket"].flatMap((key) => {
      const value = key in inputs ? undefined : resource.props[key];
      return typeof value === "string" && value !== "" ? [value] : [];
    }),
  );
  const hide = (value: unknown): unknown => {
    if (typeof value === "string")
      return chosen.some((part) => value.includes(part)) ? UNKNOWN_ON_THE_WIRE : value;
    if (Array.isArray(value)) return value.map(hide);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hide(item)]));
  };
  const hidden = (props: PolicyResource["props"]) =>
    unknownCheckingProxy(hide({ ...props }) as Record<string, unknown>);
  const resources = new Map(
    planned.map(({ resource }) => [resource, { ...resource, props: hidden(resource.props) }]),
  );
  const again = (list: PolicyResource[]) => list.flatMap((each) => resources.get(each) ?? []);
  return planned.map(({ inputs, resource }) => {
    const copy = resources.get(resource) ?? assert.fail();
    copy.dependencies = again(resource.dependencies);
    copy.propertyDependencies = Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, list]) => [property, again(list)]),
    );
    return { inputs: hidden(inputs), resource: copy };
  });
}
