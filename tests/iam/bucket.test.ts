import assert from "node:assert/strict";
import { Ingestion } from "../../components/arguments";
import { ANONYMOUS, allows, type Call, type Document, OURS, STRANGER } from "./evaluator";
import { unnoticed, withoutACondition, withoutAResource, withoutAStatement } from "./mutations";
import { EVERY_RIGHT, NAMINGS, WELCOME, type World, worldOf } from "./world";

const [OWNER, OTHER] = [OURS, STRANGER].map((account) => `arn:aws:iam::${account}:role/admin`);
/** A service principal that calls without a role. */
const SERVICE = "logging.s3.amazonaws.com";
const PLAIN = { "aws:SecureTransport": "false" };
const USES: [action: string, target: string][] = [
  ["s3:ListBucket", "{flows-lake}"],
  ["s3:PutBucketPolicy", "{flows-lake}"],
  ["s3:GetObject", "{flows-lake}/flow-logs/a"],
  ["s3:PutObject", "{flows-lake}/results/a"],
  ["s3:DeleteObject", "{flows-lake}/aws/lambda/async/a"],
];

/** A caller that is a role has every IAM permission. */
const mayUse = (call: Call, resource: Document) =>
  allows(call, { identity: call.principal.startsWith("arn:") ? EVERY_RIGHT : undefined, resource });
const mayNotUse = async (call: Call, policy: Document) => !(await mayUse(call, policy));

for (const [naming, autonaming] of Object.entries(NAMINGS)) {
  describe(`the bucket's policy, with ${naming}`, () => {
    let world: World;
    /** The bucket's policy with an added statement that allows everybody everything. */
    let opened: Document;

    before(async () => {
      world = await worldOf(Ingestion.LAMBDA, autonaming);
      opened = { ...world.bucket, Statement: [...world.bucket.Statement, ...WELCOME.Statement] };
    });

    const uses = (principal: string, context = {}): Call[] =>
      USES.flatMap(([action, on]) =>
        world.arnsOf(on).map((resource) => ({ principal, action, resource, context })),
      );
    const refused = () => [
      ...uses(OTHER),
      ...uses(ANONYMOUS),
      ...[OWNER, OTHER, ANONYMOUS, SERVICE].flatMap((principal) => uses(principal, PLAIN)),
    ];
    const welcome = () => [...uses(OWNER), ...uses(SERVICE)];
    const answered = async (calls: Call[], policy: Document, answer: boolean) => {
      const found: Call[] = [];
      for (const call of calls) if ((await mayUse(call, policy)) === answer) found.push(call);
      return found;
    };

    it("denies other accounts, anonymous requests and plain HTTP, also beside a statement that allows everybody", async () => {
      assert.deepEqual(await answered(refused(), world.bucket, true), []);
      assert.deepEqual(await answered(refused(), opened, true), []);
    });

    it("leaves roles of the account to IAM", async () => {
      assert.deepEqual(await answered(uses(OWNER), world.bucket, false), []);
      for (const call of uses(OWNER))
        assert.equal(await allows(call, { resource: world.bucket }), false, call.action);
    });

    it("grants service principals nothing, and denies them nothing that another statement allows", async () => {
      assert.deepEqual(await answered(uses(SERVICE), world.bucket, true), []);
      assert.deepEqual(await answered(uses(SERVICE), opened, false), []);
    });

    it("would allow a stranger without one statement or resource, and deny a legitimate caller without one condition", async () => {
      const isOurs = ({ document }: { document: Document }) =>
        document.Statement.some(({ Principal, Effect }) => Effect === "Allow" && Principal === "*");
      const less = [...withoutAStatement(opened), ...withoutAResource(opened)].filter(isOurs);
      assert.deepEqual(await unnoticed(less, refused(), mayNotUse), []);
      assert.deepEqual(await unnoticed(withoutACondition(opened), welcome(), mayUse), []);
    });
  });
}
