import assert from "node:assert/strict";
import { ANONYMOUS, allows, type Call, type Document, OURS, STRANGER } from "./evaluator";
import { forEverybody, unnoticed, withoutACondition, withoutAnAction, withTheService } from "./mutations";
import { surplusOf } from "./surplus";
import { EVERY_RIGHT, WORLDS, type World } from "./world";

const LOGS = "logs.us-east-1.amazonaws.com";
const GROUPS = ["{flows-stream-logs}", "{flows-etl-logs}", "{flows-flow-logs?}"];
/** AWS: AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html. */
const ENCRYPTING = [
  "Decrypt",
  "Encrypt",
  "GenerateDataKey",
  "GenerateDataKeyWithoutPlaintext",
  "ReEncryptFrom",
  "ReEncryptTo",
].map((name) => `kms:${name}`);
/** Calls of deployers, readers and writers, as roles whose IAM policies allow them. */
const THROUGH_IAM = ["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKey", "kms:PutKeyPolicy"];
const [ROLE, OTHERS_ROLE] = [OURS, STRANGER].map((account) => `arn:aws:iam::${account}:role/any`);

/** ARNs that are no log group of this component in this region and account. */
const beside = (group: string): string[] => [
  group.replace(":flows-", ":edge-"),
  group.replace(":flows-", ":flows2-"),
  group.replace("us-east-1", "us-east-2"),
  group.replace(OURS, STRANGER),
];

/** A caller's call. The caller may have every IAM permission. */
type KeyCall = Call & { hasEveryRight?: boolean };

const mayUse = ({ hasEveryRight, ...call }: KeyCall, resource: Document) =>
  allows(call, { identity: hasEveryRight ? EVERY_RIGHT : undefined, resource });
const mayNotUse = async (call: KeyCall, document: Document) => !(await mayUse(call, document));

for (const { title, open } of WORLDS) {
  describe(`the key's policy, with ${title}`, () => {
    let world: World;

    before(async () => {
      world = await open();
    });

    const use = (principal: string, action: string, group?: string, hasEveryRight = false): KeyCall => ({
      principal,
      action,
      resource: world.arnsOf("{flows-key}")[0],
      context: group ? { "kms:EncryptionContext:aws:logs:arn": group } : {},
      hasEveryRight,
    });
    const groups = () => GROUPS.flatMap(world.arnsOf);
    const needed = () => [
      ...ENCRYPTING.flatMap((action) => groups().map((group) => use(LOGS, action, group))),
      ...THROUGH_IAM.map((action) => use(ROLE, action, undefined, true)),
    ];
    const forbidden = () => [
      ...ENCRYPTING.flatMap((action) => [
        use(LOGS, action),
        use(ROLE, action),
        use(OTHERS_ROLE, action, undefined, true),
        use(ANONYMOUS, action),
        ...groups().flatMap((group) => [
          ...beside(group).map((other) => use(LOGS, action, other)),
          ...["logs.us-east-2", "logs", "firehose", "s3", "lambda"].map((service) =>
            use(`${service}.amazonaws.com`, action, group),
          ),
          use(ROLE, action, group),
          use(OTHERS_ROLE, action, group, true),
        ]),
      ]),
      ...["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"].map((action) => use(LOGS, action)),
      ...groups().map((group) => use(LOGS, "kms:CreateGrant", group)),
      ...THROUGH_IAM.map((action) => use(ROLE, action)),
    ];
    const answered = async (calls: KeyCall[], answer: boolean) => {
      const found: KeyCall[] = [];
      for (const call of calls) if ((await mayUse(call, world.key)) === answer) found.push(call);
      return found;
    };

    it("lets CloudWatch Logs encrypt each of the component's log groups, and delegates roles of the account to IAM", async () => {
      assert.deepEqual(await answered(needed(), false), []);
    });

    it("lets nobody else use the key, nor CloudWatch Logs for any other log group", async () => {
      assert.deepEqual(await answered(forbidden(), true), []);
    });

    it("needs each action, and would allow others without a condition or principal", async () => {
      const needless = await unnoticed(withoutAnAction(world.key), needed(), mayUse);
      assert.deepEqual(needless, surplusOf(world, "the key", world.key));
      const more = [
        ...withTheService(world.key),
        ...withoutACondition(world.key),
        ...forEverybody(world.key),
      ];
      assert.deepEqual(await unnoticed(more, forbidden(), mayNotUse), []);
    });
  });
}
