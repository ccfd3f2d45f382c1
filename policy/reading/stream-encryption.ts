import { type Strength, strengthOf } from "./keys";
import { type Fields, fields, isTrue, UNKNOWN } from "./properties";

/** A key alone does nothing: without encryptionType the stream ignores it. */
export function strengthOfStream({ encryptionType, kmsKeyId }: Fields): Strength | undefined {
  if (encryptionType === UNKNOWN) return undefined;
  return encryptionType === "KMS" ? strengthOf(kmsKeyId, "aws-key") : "none";
}

/** With a Kinesis or MSK source Firehose keeps nothing: the source encrypts, and Firehose refuses the setting. */
export function inTransit(props: Fields): Strength | undefined {
  if (props.kinesisSourceConfiguration || props.mskSourceConfiguration) return undefined;
  const { serverSideEncryption } = props;
  const { enabled, keyType, keyArn } = fields(serverSideEncryption);
  if ([serverSideEncryption, enabled].includes(UNKNOWN)) return undefined;
  if (!isTrue(enabled)) return "none";
  if (keyType === UNKNOWN) return undefined;
  return keyType === "CUSTOMER_MANAGED_CMK" ? strengthOf(keyArn, "service-key") : "service-key";
}
