import { isExempt } from "../../options";
import { fields, list, properties, UNKNOWN } from "../../reading/properties";
import { remediation } from "../remediation-rule";

export const fixBucketKey = remediation({
  name: "fix-bucket-key",
  displayName: "Mend a bucket without a bucket key",
  description: "Sets bucketKeyEnabled where a bucket's default encryption has a KMS key.",
  tags: ["encryption", "cost", "s3", "remediation"],
  remediateResource: (args) => {
    if (!args.type.startsWith("aws:s3/bucketServerSideEncryptionConfiguration") || isExempt(args))
      return undefined;
    const { rules } = properties(args);
    const without = list(rules === UNKNOWN ? [] : rules).flatMap((rule, index) => {
      const { applyServerSideEncryptionByDefault, bucketKeyEnabled } = fields(rule);
      const { sseAlgorithm } = fields(applyServerSideEncryptionByDefault);
      return sseAlgorithm === "aws:kms" && !bucketKeyEnabled ? [index] : [];
    });
    for (const index of without) args.props.rules[index].bucketKeyEnabled = true;
    return without.length > 0 ? args.props : undefined;
  },
});
