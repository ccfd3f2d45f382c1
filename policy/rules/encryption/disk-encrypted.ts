import type { ResourceValidationPolicy } from "@pulumi/policy";
import { fsbp, securityHub } from "../../reading/frameworks";
import { type Setting, settingRule, store } from "../setting-rule";

const disk = (type: string, noun: string, path: string): Setting =>
  store(type, noun, path, { optional: true, inherits: ["snapshotId"] });

/** Whatever disks have that no snapshot decides about. The account's default may encrypt them, which no program says. */
export const DISKS: Setting[] = [
  store("ebs/volume:Volume", "volume", "encrypted", { inherits: ["snapshotId"] }),
  store("ebs/snapshotCopy:SnapshotCopy", "snapshot copy", "encrypted"),
  store("ec2/amiCopy:AmiCopy", "image copy", "encrypted"),
  store("workspaces/workspace:Workspace", "root volume of workspace", "rootVolumeEncryptionEnabled"),
  store("workspaces/workspace:Workspace", "user volume of workspace", "userVolumeEncryptionEnabled"),
  store("ebs/encryptionByDefault:EncryptionByDefault", "the default for volumes", "enabled", { unset: true }),
  ...["rootBlockDevice", "ebsBlockDevices"].flatMap((part) => [
    disk("ec2/instance:Instance", "instance", `${part}.encrypted`),
    disk("ec2/launchConfiguration:LaunchConfiguration", "launch configuration", `${part}.encrypted`),
    disk("ec2/spotInstanceRequest:SpotInstanceRequest", "spot instance", `${part}.encrypted`),
  ]),
  disk("ec2/ami:Ami", "image", "ebsBlockDevices.encrypted"),
  disk("ec2/launchTemplate:LaunchTemplate", "launch template", "blockDeviceMappings.ebs.encrypted"),
];

export const diskEncrypted: ResourceValidationPolicy = settingRule({
  name: "disk-encrypted",
  displayName: "Disks encrypted",
  description:
    "An EBS volume, a copy of one, the disks that an instance, an image or a launch template describes and the volumes of a workspace are encrypted.",
  enforcementLevel: "advisory",
  severity: "medium",
  framework: fsbp("EC2.3", "Attached Amazon EBS volumes should be encrypted at-rest"),
  tags: ["encryption", "ec2", "ebs", "fsbp/EC2.7", "cis-aws-3.0.0/2.2.1"],
  remediationSteps:
    "Set encrypted to true, or make it the account's default with an EncryptionByDefault and exempt what that covers.",
  url: securityHub("ec2"),
  settings: DISKS,
  wanted: true,
  fault: "is not encrypted",
});
