import type { Strength } from "./keys";
import { type Fields, isFalse, isTrue, list, UNKNOWN, valuesAt } from "./properties";

// Stores whose key a program can choose, and who owns the key where it names none.

export interface Keyed {
  noun: string;
  /** The property with the key, from the resource down. */
  path: string;
  /** Returns the owner of the key if the program names none; undefined if something else decides. */
  otherwise: (props: Fields) => Strength | undefined;
  /** False if a key that the program names has no effect, such as beside AES256. */
  takesKey: (props: Fields) => boolean;
}

const keyed = (
  noun: string,
  path: string,
  otherwise: Strength | Keyed["otherwise"],
  takesKey: Keyed["takesKey"] = () => true,
): Keyed => ({
  noun,
  path,
  otherwise: typeof otherwise === "string" ? () => otherwise : otherwise,
  takesKey,
});

/** Properties that name a source: a copy has its source's key. */
const COPIED = [
  "snapshotId",
  "snapshotIdentifier",
  "restoreToPointInTime",
  "s3Import",
  "globalClusterIdentifier",
  "replicateSourceDb",
  "replicationSourceIdentifier",
];

/** The owner of the key where a setting turns encryption on; no key where it does not, and unknown for a copy. */
const ifOn =
  (path: string, owner: Strength) =>
  (props: Fields): Strength | undefined => {
    if (COPIED.some((property) => props[property] !== undefined)) return undefined;
    const settings = valuesAt(props, path);
    return settings.includes(UNKNOWN) ? undefined : settings.some(isTrue) ? owner : "none";
  };

/** A database has AWS's key where it is encrypted and names none; a serverless cluster always is. */
const ofDatabase = (props: Fields): Strength | undefined =>
  props.engineMode === "serverless" ? "aws-key" : ifOn("storageEncrypted", "aws-key")(props);

/** ElastiCache encrypts Valkey by default, and Redis on request. */
const ofCache = (props: Fields): Strength | undefined =>
  props.engine === "valkey" && !isFalse(props.atRestEncryptionEnabled)
    ? "service-key"
    : ifOn("atRestEncryptionEnabled", "service-key")(props);

const usesKms = (props: Fields, path: string): boolean =>
  valuesAt(props, path).some((type) => typeof type !== "string" || /kms/i.test(type));

const REPOSITORY = "encryptionConfigurations.encryptionType";

/** A scratch file system of Lustre takes no key, and is the default. */
const ofLustre = ({ deploymentType }: Fields): Strength | undefined =>
  /^PERSISTENT/.test(String(deploymentType)) ? "aws-key" : undefined;

const DATABASES: Record<string, Keyed> = {
  "aws:dynamodb/table:Table": keyed(
    "table",
    "serverSideEncryption.kmsKeyArn",
    (props) => (valuesAt(props, "serverSideEncryption.enabled").some(isTrue) ? "aws-key" : "service-key"),
    (props) => !valuesAt(props, "serverSideEncryption.enabled").some(isFalse),
  ),
  "aws:keyspaces/table:Table": keyed("table", "encryptionSpecification.kmsKeyIdentifier", "service-key"),
  "aws:timestreamwrite/database:Database": keyed("time series database", "kmsKeyId", "aws-key"),
  "aws:rds/instance:Instance": keyed("database", "kmsKeyId", ofDatabase),
  "aws:rds/cluster:Cluster": keyed("database cluster", "kmsKeyId", ofDatabase),
  "aws:docdb/cluster:Cluster": keyed("document database cluster", "kmsKeyId", ofDatabase),
  "aws:docdb/elasticCluster:ElasticCluster": keyed("document database cluster", "kmsKeyId", "aws-key"),
  "aws:neptune/cluster:Cluster": keyed("graph database cluster", "kmsKeyArn", ofDatabase),
  "aws:dsql/cluster:Cluster": keyed("database cluster", "kmsEncryptionKey", "service-key"),
  "aws:redshift/cluster:Cluster": keyed("data warehouse", "kmsKeyId", ({ encrypted, snapshotIdentifier }) =>
    snapshotIdentifier !== undefined ? undefined : isFalse(encrypted) ? "none" : "service-key",
  ),
  "aws:redshiftserverless/namespace:Namespace": keyed("data warehouse", "kmsKeyId", "service-key"),
  "aws:elasticache/replicationGroup:ReplicationGroup": keyed("cache", "kmsKeyId", ofCache),
  "aws:elasticache/serverlessCache:ServerlessCache": keyed("cache", "kmsKeyId", "service-key"),
  "aws:memorydb/cluster:Cluster": keyed("in-memory database", "kmsKeyArn", "service-key"),
  "aws:opensearch/domain:Domain": keyed(
    "search domain",
    "encryptAtRest.kmsKeyId",
    ifOn("encryptAtRest.enabled", "aws-key"),
  ),
  "aws:elasticsearch/domain:Domain": keyed(
    "search domain",
    "encryptAtRest.kmsKeyId",
    ifOn("encryptAtRest.enabled", "aws-key"),
  ),
};

const FILES: Record<string, Keyed> = {
  "aws:efs/fileSystem:FileSystem": keyed("file system", "kmsKeyId", ifOn("encrypted", "aws-key")),
  "aws:fsx/lustreFileSystem:LustreFileSystem": keyed("file system", "kmsKeyId", ofLustre),
  "aws:fsx/ontapFileSystem:OntapFileSystem": keyed("file system", "kmsKeyId", "aws-key"),
  "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": keyed("file system", "kmsKeyId", "aws-key"),
  "aws:fsx/windowsFileSystem:WindowsFileSystem": keyed("file system", "kmsKeyId", "aws-key"),
  "aws:ebs/volume:Volume": keyed("volume", "kmsKeyId", ifOn("encrypted", "aws-key")),
  "aws:ebs/snapshotCopy:SnapshotCopy": keyed("snapshot copy", "kmsKeyId", ifOn("encrypted", "aws-key")),
  "aws:ec2/amiCopy:AmiCopy": keyed("image copy", "kmsKeyId", ifOn("encrypted", "aws-key")),
  "aws:workspaces/workspace:Workspace": keyed("workspace", "volumeEncryptionKey", (props) =>
    isTrue(props.rootVolumeEncryptionEnabled) || isTrue(props.userVolumeEncryptionEnabled)
      ? "aws-key"
      : undefined,
  ),
  "aws:s3tables/tableBucket:TableBucket": keyed(
    "table bucket",
    "encryptionConfiguration.kmsKeyArn",
    "service-key",
    (props) => usesKms(props, "encryptionConfiguration.sseAlgorithm"),
  ),
};

const SERVICES: Record<string, Keyed> = {
  "aws:cloudtrail/trail:Trail": keyed("trail", "kmsKeyId", "service-key"),
  "aws:cloudtrail/eventDataStore:EventDataStore": keyed("event data store", "kmsKeyId", "service-key"),
  "aws:secretsmanager/secret:Secret": keyed("secret", "kmsKeyId", "aws-key"),
  "aws:ssm/parameter:Parameter": keyed("parameter", "keyId", ({ type }) =>
    type === "SecureString" ? "aws-key" : undefined,
  ),
  "aws:ecr/repository:Repository": keyed(
    "image repository",
    "encryptionConfigurations.kmsKey",
    (props) =>
      list(props.encryptionConfigurations).length > 0 && usesKms(props, REPOSITORY)
        ? "aws-key"
        : "service-key",
    (props) => usesKms(props, REPOSITORY),
  ),
  "aws:codeartifact/domain:Domain": keyed("package repository", "encryptionKey", "aws-key"),
  "aws:codebuild/project:Project": keyed("build project", "encryptionKey", "aws-key"),
  "aws:backup/vault:Vault": keyed("backup vault", "kmsKeyArn", "aws-key"),
  "aws:msk/cluster:Cluster": keyed("Kafka cluster", "encryptionInfo.encryptionAtRestKmsKeyArn", "aws-key"),
  "aws:mq/broker:Broker": keyed("message broker", "encryptionOptions.kmsKeyId", (props) =>
    valuesAt(props, "encryptionOptions.useAwsOwnedKey").some(isFalse) ? "aws-key" : "service-key",
  ),
  "aws:kinesis/videoStream:VideoStream": keyed("video stream", "kmsKeyId", "aws-key"),
  "aws:dms/replicationInstance:ReplicationInstance": keyed("replication instance", "kmsKeyArn", "aws-key"),
};

/** Every store by its type. */
export const STORES: Record<string, Keyed> = { ...DATABASES, ...FILES, ...SERVICES };
