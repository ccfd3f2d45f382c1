/** Actions that read data or secrets and that AWS can limit to some resources. */
export const DATA = [
  "dynamodb:BatchGetItem",
  "dynamodb:GetItem",
  "dynamodb:Query",
  "dynamodb:Scan",
  "kms:Decrypt",
  "kms:ReEncryptFrom",
  "rds:CopyDBSnapshot",
  "rds:CreateDBSnapshot",
  "s3:GetObject",
  "s3:GetObjectVersion",
  "secretsmanager:GetSecretValue",
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
];
