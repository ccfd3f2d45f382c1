import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// Writes controls.json: which controls of public catalogues Prowler (Apache-2.0, on PyPI) maps to the checks that ask what
// the pack's rules ask. After `pip download --no-deps prowler` and unpacking the wheel:
//   npx ts-node --transpile-only tests/policy/controls-extract.ts prowler/compliance/aws "prowler 5.46.0"
//   npx biome format --write tests/policy/controls.json

export const FILE = join(__dirname, "controls.json");

export interface Controls {
  source: string;
  /** By rule and by the catalogue's name among the rule's tags, the ids of controls. */
  controls: Record<string, Record<string, string[]>>;
  /** By id, what a control of Security Hub or CIS asks. */
  titles: Record<string, Record<string, string>>;
}

/** Catalogues by the names that tags have, and the files that Prowler has them in. */
const CATALOGUES: Record<string, string> = {
  fsbp: "aws_foundational_security_best_practices_aws.json",
  "cis-aws-3.0.0": "cis_3.0_aws.json",
  "nist-800-53-r5": "nist_800_53_revision_5_aws.json",
  "pci-dss-4.0": "pci_4.0_aws.json",
};

const TITLED = ["fsbp", "cis-aws-3.0.0"];

/** Controls that Prowler does not have, from the pages of Security Hub's user guide about the services' controls. */
const OF_AWS: Record<string, string> = {
  "CloudWatch.16": "CloudWatch log groups should be retained for a specified time period",
  "DataFirehose.1": "Firehose delivery streams should be encrypted at rest",
  "IAM.27": "IAM identities should not have the AWSCloudShellFullAccess policy attached",
  "Lambda.7": "Lambda functions should have AWS X-Ray active tracing enabled",
  "SQS.3": "SQS queue access policies should not allow public access",
};

const ADMINISTRATOR = [
  "iam_aws_attached_policy_no_administrative_privileges",
  "iam_customer_attached_policy_no_administrative_privileges",
  "iam_inline_policy_no_administrative_privileges",
];

/** The checks of Prowler that ask what a rule asks. */
const CHECKS: Record<string, string[]> = {
  "bucket-encrypted": ["s3_bucket_default_encryption"],
  "bucket-encrypted-with-customer-key": ["s3_bucket_kms_encryption", "s3_bucket_default_encryption"],
  "key-rotates": ["kms_cmk_rotation_enabled"],
  "catalog-encrypted-with-customer-key": [
    "glue_data_catalogs_metadata_encryption_enabled",
    "glue_data_catalogs_connection_passwords_encryption_enabled",
  ],
  "security-configuration-encrypts": [
    "glue_etl_jobs_amazon_s3_encryption_enabled",
    "glue_etl_jobs_cloudwatch_logs_encryption_enabled",
  ],
  "stream-encrypted": ["kinesis_stream_encrypted_at_rest", "firehose_stream_encrypted_at_rest"],
  "delivery-stream-encrypted-with-customer-key": ["firehose_stream_encrypted_at_rest"],
  "data-stream-encrypted-with-customer-key": ["kinesis_stream_encrypted_at_rest"],
  "function-environment-encrypted-with-customer-key": ["awslambda_function_env_vars_not_encrypted_with_cmk"],
  "log-group-encrypted-with-customer-key": ["cloudwatch_log_group_kms_encryption_enabled"],
  "workgroup-encrypts-results": ["athena_workgroup_encryption"],
  "topic-encrypted-with-customer-key": ["sns_topics_kms_encryption_at_rest_enabled"],
  "queue-encrypted-with-customer-key": ["sqs_queues_server_side_encryption_enabled"],
  "store-encrypted": [
    "rds_instance_storage_encrypted",
    "rds_cluster_storage_encrypted",
    "documentdb_cluster_storage_encrypted",
    "neptune_cluster_storage_encrypted",
    "redshift_cluster_encrypted_at_rest",
    "efs_encryption_at_rest_enabled",
    "opensearch_service_domains_encryption_at_rest_enabled",
  ],
  "cache-encrypted": [
    "elasticache_redis_cluster_rest_encryption_enabled",
    "dynamodb_accelerator_cluster_encryption_enabled",
  ],
  "disk-encrypted": ["ec2_ebs_volume_encryption", "ec2_ebs_default_encryption"],
  "store-encrypted-with-customer-key": [
    "cloudtrail_kms_encryption_enabled",
    "dynamodb_tables_kms_cmk_encryption_enabled",
    "backup_vaults_encrypted",
  ],
  "bucket-blocks-public-access": ["s3_bucket_level_public_access_block"],
  "bucket-has-public-access-block": ["s3_bucket_level_public_access_block"],
  "public-access-block-complete": [
    "s3_account_level_public_access_blocks",
    "s3_access_point_public_access_block",
  ],
  "bucket-acl-not-public": [
    "s3_bucket_public_access",
    "s3_bucket_public_write_acl",
    "s3_bucket_acl_prohibited",
  ],
  "bucket-policy-not-public": [
    "s3_bucket_public_access",
    "s3_bucket_policy_public_write_access",
    "s3_bucket_cross_account_access",
  ],
  "bucket-tls-only": ["s3_bucket_secure_transport_policy"],
  "key-policy-not-public": ["kms_key_not_publicly_accessible"],
  "resource-policy-not-public": [
    "secretsmanager_not_publicly_accessible",
    "ecr_repositories_not_publicly_accessible",
    "efs_not_publicly_accessible",
    "opensearch_service_domains_not_publicly_accessible",
  ],
  "function-permission-names-its-source": ["awslambda_function_not_publicly_accessible"],
  "function-url-authenticates": ["awslambda_function_url_public"],
  "function-environment-without-secrets": ["awslambda_function_no_secrets_in_variables"],
  "log-policy-not-public": ["cloudwatch_log_group_not_publicly_accessible"],
  "topic-policy-not-public": ["sns_topics_not_publicly_accessible"],
  "queue-policy-not-public": ["sqs_queues_not_publicly_accessible"],
  "port-not-open": [
    "ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22",
    "ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_3389",
    "ec2_securitygroup_allow_ingress_from_internet_to_all_ports",
    "ec2_securitygroup_allow_ingress_from_internet_to_high_risk_tcp_ports",
  ],
  "store-not-on-internet": ["rds_instance_no_public_access", "redshift_cluster_public_access"],
  "copy-not-public": ["rds_snapshots_public_access", "ec2_ami_public", "ec2_ebs_public_snapshot"],
  "configuration-without-secrets": [
    "codebuild_project_no_secrets_in_variables",
    "ecs_task_definitions_no_environment_secrets",
    "ec2_instance_secrets_user_data",
  ],
  "role-no-wildcard-action": ADMINISTRATOR,
  "role-no-wildcard-resource": ADMINISTRATOR,
  "role-no-broad-managed-policy": [...ADMINISTRATOR, "iam_policy_cloudshell_admin_not_attached"],
  "role-no-privilege-escalation": [
    ...ADMINISTRATOR,
    "iam_policy_allows_privilege_escalation",
    "iam_inline_policy_allows_privilege_escalation",
  ],
  "role-no-combined-escalation": [...ADMINISTRATOR, "iam_policy_allows_privilege_escalation"],
  "role-no-unbounded-data-access": [
    "iam_policy_no_full_access_to_kms",
    "iam_inline_policy_no_full_access_to_kms",
  ],
  "role-no-credential-exposure": ["iam_no_custom_policy_permissive_role_assumption"],
  "role-trust-confused-deputy": ["iam_role_cross_service_confused_deputy_prevention"],
  "user-no-direct-policy": ["iam_policy_attached_only_to_group_or_roles"],
  "user-no-long-lived-key": ["iam_rotate_access_key_90_days"],
  "log-group-retention-bounded": ["cloudwatch_log_group_retention_policy_specific_days_enabled"],
  "function-keeps-failed-events": ["awslambda_function_no_dead_letter_queue"],
  "function-runtime-supported": ["awslambda_function_using_supported_runtimes"],
  "bucket-has-lifecycle": ["s3_bucket_lifecycle_enabled"],
  "bucket-versioned": ["s3_bucket_object_versioning"],
  "bucket-logs-access": [
    "s3_bucket_server_access_logging_enabled",
    "cloudtrail_logs_s3_bucket_access_logging_enabled",
  ],
};

interface Requirement {
  Id: string;
  Name?: string;
  Description?: string;
  Checks?: string[];
}

/** `ac_2_1` as AC-2(1), in NIST's own spelling; others as they are. */
const idOf = (catalogue: string, id: string): string => {
  const [, family, control, rest = ""] = /^([a-z]{2})_(\d+)((?:_\w+)*)$/.exec(id) ?? [];
  if (catalogue !== "nist-800-53-r5" || !family) return id;
  const parts = rest.split("_").filter(Boolean);
  return `${family.toUpperCase()}-${control}${parts.map((part) => `(${part})`).join("")}`;
};

function extract(folder: string, source: string): Controls {
  const found: Controls = { source, controls: {}, titles: { "security-hub": OF_AWS } };
  for (const [catalogue, file] of Object.entries(CATALOGUES)) {
    const { Requirements } = JSON.parse(readFileSync(join(folder, file), "utf8")) as {
      Requirements: Requirement[];
    };
    for (const [rule, checks] of Object.entries(CHECKS)) {
      const mapped = Requirements.filter(({ Checks = [] }) => Checks.some((check) => checks.includes(check)));
      const ids = [...new Set(mapped.map(({ Id }) => idOf(catalogue, Id)))].sort();
      found.controls[rule] = { ...found.controls[rule], ...(ids.length > 0 ? { [catalogue]: ids } : {}) };
    }
    if (TITLED.includes(catalogue))
      found.titles[catalogue] = Object.fromEntries(
        Requirements.map(({ Id, Name, Description }) => [Id, Name ?? Description ?? ""]),
      );
  }
  return found;
}

if (require.main === module) {
  const [folder, source] = process.argv.slice(2);
  writeFileSync(FILE, `${JSON.stringify(extract(folder, source), null, 2)}\n`);
}
