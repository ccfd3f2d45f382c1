import { isExempt } from "../../options";
import { properties } from "../../reading/properties";
import { BLOCK, FLAGS } from "../../reading/public-access-blocks";
import { remediation } from "../remediation-rule";

// Rules that mend what can be mended without asking. Each is off until its configuration says "remediate": what then is
// deployed differs from what the program says. They write to the properties that they are given, since a copy would read
// values that preview does not know.

export const fixPublicAccessBlock = remediation({
  name: "fix-public-access-block",
  displayName: "Mend a public access block",
  description: "Sets all four flags of a BucketPublicAccessBlock.",
  tags: ["exposure", "s3", "remediation"],
  remediateResource: (args) => {
    if (args.type !== BLOCK || isExempt(args)) return undefined;
    const before = properties(args);
    const open = FLAGS.filter((flag) => before[flag] !== true);
    for (const flag of open) args.props[flag] = true;
    return open.length > 0 ? args.props : undefined;
  },
});
