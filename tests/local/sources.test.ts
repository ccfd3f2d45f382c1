import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { sourcesOf } from "../../local/input/sources";

const root = mkdtempSync(join(tmpdir(), "sources-"));
after(() => rmSync(root, { recursive: true }));

/** A folder with files of these names. */
const tree = (name: string, ...files: string[]): string => {
  for (const file of files) {
    const path = join(root, name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "");
  }
  return join(root, name);
};
const found = (dir: string, ...paths: string[]) => {
  const { names, leftOut } = sourcesOf(paths.map((path) => join(dir, path)));
  return { names: names.map((name) => relative(dir, name)), leftOut: Object.fromEntries(leftOut) };
};

describe("local: where inputs are", () => {
  it("takes every file below a folder, in order, and says what it leaves out", () => {
    const dir = tree("plain", "b/2.gz", "b/1.gz", "a.log", ".DS_Store", "_SUCCESS", "b/.hidden/x.log");
    assert.deepEqual(found(dir, "."), {
      names: ["a.log", "b/1.gz", "b/2.gz"],
      leftOut: { "with a hidden name": 3 },
    });
  });

  it("reads an export of CloudWatch Logs without its test file aws-logs-write-test", () => {
    const dir = tree("export", "aws-logs-write-test", "0a1b/eni-1-all/000000.gz", "0a1b/eni-1-all/000001.gz");
    assert.deepEqual(found(dir, "."), {
      names: ["0a1b/eni-1-all/000000.gz", "0a1b/eni-1-all/000001.gz"],
      leftOut: { "with which CloudWatch Logs tries the bucket (aws-logs-write-test)": 1 },
    });
  });

  for (const [what, flows, trail] of [
    [
      "plain",
      "123456789010/vpcflowlogs/us-east-1/2024/11/22",
      "123456789010/CloudTrail/us-east-1/2024/11/22",
    ],
    [
      "of an organization",
      "o-a1b2c3d4e5/123456789010/vpcflowlogs/us-east-1",
      "o-a1b2c3d4e5/123456789010/Config/us-east-1",
    ],
    [
      "in Hive's form",
      "aws-account-id=123456789010/aws-service=vpcflowlogs/aws-region=us-east-1/year=2024",
      "aws-account-id=123456789010/aws-service=elasticloadbalancing/aws-region=us-east-1",
    ],
  ]) {
    const service = trail
      .split("/")
      .find((part) => /^(?:aws-service=.*|CloudTrail|Config)$/.test(part))
      ?.replace("aws-service=", "");
    it(`takes the flow logs of a tree AWSLogs, ${what}, and no other service's`, () => {
      const dir = tree(
        `logs ${what}`,
        `AWSLogs/${flows}/1.log.gz`,
        `AWSLogs/${trail}/1.json.gz`,
        `AWSLogs/${trail}/2.json.gz`,
      );
      const expected = {
        names: [`AWSLogs/${flows}/1.log.gz`],
        leftOut: { [`of another service (${service})`]: 2 },
      };
      assert.deepEqual(found(dir, "AWSLogs"), expected);
      assert.deepEqual(found(dir, "."), expected);
      assert.deepEqual(found(dir, `AWSLogs/${flows}`), { ...expected, leftOut: {} });
    });
  }

  it("takes thousands of files", () => {
    const names = Array.from({ length: 3000 }, (_, n) => `${String(n % 24).padStart(2, "0")}/${n}.gz`);
    assert.equal(found(tree("many", ...names), ".").names.length, 3000);
  });

  it("follows links, and ends in a circle of links", () => {
    const dir = tree("links", "a/1.log");
    symlinkSync(dir, join(dir, "a/up"));
    symlinkSync(join(dir, "a/1.log"), join(dir, "b.log"));
    assert.deepEqual(found(dir, ".").names, ["a/1.log", "b.log"]);
  });

  const DAYS = ["logs/01/a.gz", "logs/01/b.log", "logs/02/a.gz", "logs/02/.a.gz", "c[1].log", "c1.log"];
  const patterns: Record<string, string[]> = {
    "logs/*/*.gz": ["logs/01/a.gz", "logs/02/a.gz"],
    "logs/**/*.gz": ["logs/01/a.gz", "logs/02/a.gz"],
    "**/a.gz": ["logs/01/a.gz", "logs/02/a.gz"],
    "logs/0?/[ab].*": ["logs/01/a.gz", "logs/01/b.log", "logs/02/a.gz"],
    "logs/{01,03}/*": ["logs/01/a.gz", "logs/01/b.log"],
    "logs/0[!1]": ["logs/02/a.gz"],
    "c[1].log": ["c[1].log"],
    "c[12].log": ["c1.log"],
  };
  for (const [pattern, names] of Object.entries(patterns))
    it(`takes what matches ${pattern}, but a file of just that name first`, () => {
      assert.deepEqual(found(tree("days", ...DAYS), pattern).names, names);
    });

  const refused: Record<string, [path: string, message: RegExp]> = {
    "a bucket": [
      "s3://logs/AWSLogs/",
      /^cannot read s3:\/\/logs\/AWSLogs\/: it is in S3; copy it here first: aws s3 sync s3:\/\/logs\/AWSLogs\/ flow-logs && flowlogs run flow-logs$/,
    ],
    "an object of S3": [
      "s3://logs/a/1.log.gz",
      /it is in S3; read it with: aws s3 cp s3:\/\/logs\/a\/1\.log\.gz - \| flowlogs run -$/,
    ],
    "a bucket's ARN": ["arn:aws:s3:::logs/AWSLogs", /aws s3 sync s3:\/\/logs\/AWSLogs flow-logs/],
    "a log group's ARN": [
      "arn:aws:logs:us-east-1:123456789010:log-group:/vpc/flow-logs:*",
      /it is in CloudWatch Logs; read it with: aws logs filter-log-events --log-group-name \/vpc\/flow-logs \| flowlogs run -$/,
    ],
    "a URL": [
      "https://example.com/x.log",
      /it is elsewhere; read it with: curl -s https:\/\/example\.com\/x\.log \| flowlogs run -$/,
    ],
  };
  for (const [what, [path, message]] of Object.entries(refused))
    it(`says how to read ${what}, which is not on this machine`, () =>
      assert.throws(() => sourcesOf([path]), { message }));

  it("refuses an empty folder, a pattern without matches, and a lake", () => {
    const dir = tree("none", "empty/.keep", "lake/table.json", "lake/flow-logs/1.parquet");
    const refusal = (path: string) => {
      try {
        sourcesOf([join(dir, path)]);
      } catch (error) {
        return (error as Error).message.replaceAll(`${dir}/`, "");
      }
      return "taken";
    };
    assert.equal(
      refusal("empty"),
      "cannot read empty: no flow log is in the folder; left out 1 file with a hidden name",
    );
    assert.equal(refusal("*.gz"), "cannot read *.gz: no file matches");
    assert.equal(
      refusal("lake"),
      "cannot read lake: it is a lake already; ask it with: flowlogs query --lake lake",
    );
    assert.equal(refusal("none.log"), "taken");
  });
});
