import { fsbp, securityHub } from "../../reading/frameworks";
import { strings, valuesAt } from "../../reading/properties";
import { resourceRule } from "../document-rule";

/** How a copy of data is given to everybody: a property, and the value that stands for all accounts. */
export const SHARES: Record<string, { noun: string; path: string; everybody: RegExp }> = {
  "aws:ec2/amiLaunchPermission:AmiLaunchPermission": { noun: "an image", path: "group", everybody: /^all$/i },
  "aws:rds/snapshot:Snapshot": { noun: "a snapshot", path: "sharedAccounts", everybody: /^all$/i },
  "aws:rds/snapshotCopy:SnapshotCopy": { noun: "a snapshot", path: "sharedAccounts", everybody: /^all$/i },
  "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": {
    noun: "a snapshot",
    path: "sharedAccounts",
    everybody: /^all$/i,
  },
  "aws:rds/clusterSnapshot:ClusterSnapshot": {
    noun: "a snapshot",
    path: "sharedAccounts",
    everybody: /^all$/i,
  },
  "aws:ssm/document:Document": { noun: "a document", path: "permissions.account_ids", everybody: /^all$/i },
  "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": {
    noun: "every snapshot",
    path: "state",
    everybody: /^unblocked$/i,
  },
  "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess": {
    noun: "every image",
    path: "state",
    everybody: /^unblocked$/i,
  },
};

export const copyNotPublic = resourceRule(
  {
    name: "copy-not-public",
    displayName: "No public snapshot or image",
    description: "No snapshot, image or document is shared with everybody, and none may be.",
    severity: "critical",
    framework: fsbp("RDS.1", "RDS snapshot should be private"),
    tags: ["exposure", "rds", "ec2", "ebs", "ssm", "fsbp/EC2.1"],
    remediationSteps: "Name the accounts that need it; keep public access to snapshots and images blocked.",
    url: securityHub("rds"),
    isAbout: (type) => Object.hasOwn(SHARES, type),
  },
  (type, props) => {
    const { noun, path, everybody } = SHARES[type];
    // The permissions of a document are a map of one text, with commas.
    const given = strings(valuesAt(props, path).flat()).flatMap((value) => value.split(","));
    return given.some((value) => everybody.test(value.trim()))
      ? [`gives ${noun} to everybody by ${path}; name the accounts that need it.`]
      : [];
  },
);
