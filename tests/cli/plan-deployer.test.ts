import assert from "node:assert/strict";
import { flowlogs, type Outcome, workFolder } from "./flowlogs";

describe("flowlogs plan --deployer-policy", () => {
  const dir = workFolder();
  const policy = (...args: string[]) => flowlogs(dir, ["plan", "--deployer-policy", ...args]);

  let whole: Outcome;

  before(async () => {
    whole = await policy();
  });

  it("prints one policy document, and its size without white space to standard error", () => {
    assert.equal(whole.code, 0, whole.stderr);
    const document = JSON.parse(whole.stdout);
    assert.equal(document.Version, "2012-10-17");
    assert.ok(document.Statement.every(({ Effect }: { Effect: string }) => Effect === "Allow"));
    const size = JSON.stringify(document).length.toLocaleString("en-US");
    assert.match(whole.stderr, new RegExp(`^${size} characters: `));
    assert.match(whole.stdout, /"arn:aws:iam::\*:role\/flows-etl-role-\*"/);
  });

  it("prints a part by its number, and part 2 has the last statements", async () => {
    const { stdout, stderr } = await policy("2");
    const { Statement } = JSON.parse(stdout);
    const all = JSON.parse(whole.stdout).Statement;
    assert.ok(Statement.length > 0 && Statement.length < all.length);
    assert.deepEqual(Statement, all.slice(all.length - Statement.length));
    assert.match(stderr, /^part 2 of 2, [\d,]+ characters: a managed policy can hold it\n$/);
  });

  it("follows the stack, its configuration and the account", async () => {
    const { stdout } = await policy("--account", "210987654321", "-c", "ingestion=DIRECT");
    const arns = Array.from(stdout.matchAll(/"(arn:[^"]+)"/g), ([, arn]) => arn);
    const streams = arns.filter((arn) => arn.startsWith("arn:aws:firehose:us-east-1:210987654321:"));
    assert.match(String(streams), /^[^,]+:deliverystream\/flows-stream-\*-[0-9a-f]{7}$/);
    assert.deepEqual(
      arns.filter((arn) => !arn.startsWith("arn:aws:s3:") && arn.split(":")[4] !== "210987654321"),
      [],
    );
  });

  const misused: Record<string, [args: string[], message: RegExp]> = {
    "a part that there is not": [["9"], /--deployer-policy has parts 1 to 2; there is no 9$/m],
    "a part that is no number": [["x"], /Give a whole number of 1 or more instead of "x"/],
    "an account that is none": [["--account", "prod"], /Give the 12 digits of an account instead of "prod"/],
    "the policy pack besides": [["--policy"], /choose --policy or --deployer-policy/],
    "an archive besides": [["--archive", "a"], /--archive does not go with --deployer-policy/],
  };
  for (const [what, [args, message]] of Object.entries(misused)) {
    it(`refuses ${what}`, async () => {
      const { code, stdout, stderr } = await policy(...args);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, message);
    });
  }

  it("refuses --account for any other form of the plan", async () => {
    const { code, stderr } = await flowlogs(dir, ["plan", "--account", "210987654321"]);
    assert.equal(code, 2);
    assert.match(stderr, /--account goes with --deployer-policy/);
  });
});
