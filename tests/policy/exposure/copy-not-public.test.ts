import assert from "node:assert/strict";
import { copyNotPublic as rule, SHARES } from "../../../policy/rules/exposure/copy-not-public";
import { judge } from "../access/judge";
import { UNKNOWN_ON_THE_WIRE } from "../stack";

const account = "111122223333";
const cases: [type: string, open: Record<string, unknown>, closed: Record<string, unknown>][] = [
  ["aws:ec2/amiLaunchPermission:AmiLaunchPermission", { group: "all" }, { accountId: account }],
  ["aws:rds/snapshot:Snapshot", { sharedAccounts: [account, "all"] }, { sharedAccounts: [account] }],
  ["aws:rds/snapshotCopy:SnapshotCopy", { sharedAccounts: ["all"] }, { sharedAccounts: [account] }],
  ["aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy", { sharedAccounts: ["all"] }, {}],
  [
    "aws:rds/clusterSnapshot:ClusterSnapshot",
    { sharedAccounts: ["all"] },
    { sharedAccounts: [UNKNOWN_ON_THE_WIRE] },
  ],
  [
    "aws:ssm/document:Document",
    { permissions: { type: "Share", account_ids: "All" } },
    { permissions: { type: "Share", account_ids: `${account},444455556666` } },
  ],
  [
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
    { state: "unblocked" },
    { state: "block-all-sharing" },
  ],
  [
    "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
    { state: "unblocked" },
    { state: "block-new-sharing" },
  ],
];

describe("copy-not-public", () => {
  it("has a case for each type", () =>
    assert.deepEqual(cases.map(([type]) => type).sort(), Object.keys(SHARES).sort()));

  for (const [type, open, closed] of cases)
    it(`rejects ${JSON.stringify(open)} of ${type}, and accepts ${JSON.stringify(closed)}`, () => {
      assert.match(judge(rule, type, open)[0], /^gives .+ to everybody by .+; name the accounts/);
      assert.deepEqual(judge(rule, type, closed), []);
      assert.deepEqual(judge(rule, type, {}), []);
    });
});
