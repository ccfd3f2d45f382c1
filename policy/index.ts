import { PolicyPack } from "@pulumi/policy";
import { readOnce } from "./read-once";
import { withRemedy } from "./remedies";
import { rules } from "./rules";
import { rulesByType } from "./rules-by-type";

readOnce();

// Only this file creates a PolicyPack, which starts a server. Rules stay plain values that tests can call.
new PolicyPack("flow-log-analytics", {
  displayName: "Flow Log Analytics",
  description:
    "Encrypted, private, bounded and observable AWS resources, and identities with the least privilege",
  provider: "AWS",
  tags: ["aws", "encryption", "exposure", "least-privilege", "operations"],
  policies: rulesByType(rules.map(withRemedy)),
});
