import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isExempt } from "../../options";
import { AT_REST } from "../../reading/frameworks";
import { type Keyed, STORES } from "../../reading/keyed-stores";
import { ENCRYPTION_SCHEMA, isTooWeak, type Strength, strengthOf } from "../../reading/keys";
import { type Fields, hidesSomething, properties, UNKNOWN, valuesAt } from "../../reading/properties";
import { quote } from "../../reading/quoting";

export const KEY_PATHS = Object.entries(STORES).map(([type, { path }]) => [type, path]);

const HOLDERS: Record<Strength, string> = {
  none: "not encrypted",
  "service-key": "encrypted with a key that the service owns",
  "aws-key": "encrypted with a key that AWS manages in the account",
  "customer-key": "encrypted with a key of the account",
};

export const storeEncryptedWithCustomerKey: ResourceValidationPolicy = {
  name: "store-encrypted-with-customer-key",
  displayName: "Stores encrypted with a customer key",
  description:
    "A database, a cache, a search domain, a file system, a volume, a repository, a trail, a secret, a parameter, a broker or a backup vault is encrypted with a KMS key of the account.",
  enforcementLevel: "advisory",
  severity: "medium",
  framework: AT_REST,
  tags: [
    "encryption",
    "dynamodb",
    "cloudtrail",
    "rds",
    "efs",
    "secretsmanager",
    "backup",
    "fsbp/CloudTrail.2",
    "cis-aws-3.0.0/3.5",
  ],
  remediationSteps: "Set the key to one of the account whose policy lets the service's users use it.",
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/service-integration.html",
  configSchema: { properties: ENCRYPTION_SCHEMA },
  validateResource: (args, reportViolation) => {
    const store = Object.hasOwn(STORES, args.type) ? STORES[args.type] : undefined;
    if (!store || isExempt(args)) return;
    const strength = strengthIn(store, properties(args));
    if (!strength || !isTooWeak(args, strength)) return;
    const how = strength === "none" ? "encrypt it, and set" : "set";
    reportViolation(
      `${store.noun} ${quote(args.name)} is ${HOLDERS[strength]}; ${how} ${store.path} to a customer-managed key.`,
    );
  },
};

function strengthIn({ path, otherwise, takesKey }: Keyed, props: Fields): Strength | undefined {
  const [property] = path.split(".");
  if (hidesSomething(props[property])) return undefined;
  const [key] = valuesAt(props, path).filter((value) => value !== UNKNOWN);
  const without = otherwise(props);
  return without && strengthOf(takesKey(props) ? key : undefined, without);
}
