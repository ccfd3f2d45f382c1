import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isExempt } from "../../options";
import { AT_REST } from "../../reading/frameworks";
import { ENCRYPTION_SCHEMA, isTooWeak, type Strength, strengthOf } from "../../reading/keys";
import { type Fields, hidesSomething, isTrue, properties, UNKNOWN, valuesAt } from "../../reading/properties";
import { quote } from "../../reading/quoting";

/** A store whose key a program can choose. */
interface Keyed {
  noun: string;
  /** The property with the key, from the resource down. */
  path: string;
  /** Returns the owner of the key if the program names none; undefined if nothing is encrypted, which another rule finds. */
  otherwise: (props: Fields) => Strength | undefined;
}

const keyed = (noun: string, path: string, otherwise: Keyed["otherwise"]): Keyed => ({
  noun,
  path,
  otherwise,
});

/** A database has AWS's key where it is encrypted and names none, and a copy that of what it was made of. */
const ofDatabase = (props: Fields): Strength | undefined =>
  String(props.storageEncrypted) === "true" && props.snapshotIdentifier === undefined ? "aws-key" : undefined;

const isOn = (props: Fields, path: string): boolean => valuesAt(props, path).map(String).includes("true");

const STORES: Record<string, Keyed> = {
  "aws:dynamodb/table:Table": keyed("table", "serverSideEncryption.kmsKeyArn", (props) =>
    isOn(props, "serverSideEncryption.enabled") ? "aws-key" : "service-key",
  ),
  "aws:cloudtrail/trail:Trail": keyed("trail", "kmsKeyId", () => "service-key"),
  "aws:cloudtrail/eventDataStore:EventDataStore": keyed("event data store", "kmsKeyId", () => "service-key"),
  "aws:rds/instance:Instance": keyed("database", "kmsKeyId", ofDatabase),
  "aws:rds/cluster:Cluster": keyed("database cluster", "kmsKeyId", ofDatabase),
  "aws:docdb/cluster:Cluster": keyed("document database cluster", "kmsKeyId", ofDatabase),
  "aws:neptune/cluster:Cluster": keyed("graph database cluster", "kmsKeyArn", ofDatabase),
  "aws:redshift/cluster:Cluster": keyed("data warehouse", "kmsKeyId", ({ encrypted, snapshotIdentifier }) =>
    String(encrypted) === "false" || snapshotIdentifier !== undefined ? undefined : "service-key",
  ),
  "aws:redshiftserverless/namespace:Namespace": keyed("data warehouse", "kmsKeyId", () => "service-key"),
  "aws:efs/fileSystem:FileSystem": keyed("file system", "kmsKeyId", ({ encrypted }) =>
    String(encrypted) === "true" ? "aws-key" : undefined,
  ),
  "aws:opensearch/domain:Domain": keyed("search domain", "encryptAtRest.kmsKeyId", (props) =>
    isOn(props, "encryptAtRest.enabled") ? "aws-key" : undefined,
  ),
  "aws:secretsmanager/secret:Secret": keyed("secret", "kmsKeyId", () => "aws-key"),
  "aws:ebs/volume:Volume": keyed("volume", "kmsKeyId", ({ encrypted, snapshotId }) =>
    isTrue(encrypted) && snapshotId === undefined ? "aws-key" : undefined,
  ),
  "aws:ecr/repository:Repository": keyed("image repository", "encryptionConfigurations.kmsKey", (props) =>
    valuesAt(props, "encryptionConfigurations.encryptionType").some((type) => /^KMS/.test(String(type)))
      ? "aws-key"
      : "service-key",
  ),
  "aws:backup/vault:Vault": keyed("backup vault", "kmsKeyArn", () => "aws-key"),
};

export const KEY_PATHS = Object.entries(STORES).map(([type, { path }]) => [type, path]);

const HOLDERS: Record<Strength, string> = {
  none: "with no key",
  "service-key": "with a key that the service owns",
  "aws-key": "with a key that AWS manages in the account",
  "customer-key": "with a key of the account",
};

export const storeEncryptedWithCustomerKey: ResourceValidationPolicy = {
  name: "store-encrypted-with-customer-key",
  displayName: "Stores encrypted with a customer key",
  description:
    "A table, a database, a trail, a volume, a file system, an image repository, a secret or a backup vault is encrypted with a KMS key of the account.",
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
    reportViolation(
      `${store.noun} ${quote(args.name)} is encrypted ${HOLDERS[strength]}; set ${store.path} to a customer-managed key.`,
    );
  },
};

function strengthIn({ path, otherwise }: Keyed, props: Fields): Strength | undefined {
  const [property] = path.split(".");
  if (hidesSomething(props[property])) return undefined;
  const [key] = valuesAt(props, path).filter((value) => value !== UNKNOWN);
  const without = otherwise(props);
  return without && strengthOf(key, without);
}
