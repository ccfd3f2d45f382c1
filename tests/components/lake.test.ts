import assert from "node:assert/strict";
import { PREFIX } from "../../components/lifecycle";
import type { Program } from "../../local/program";
import { listOf, type Statement, statementsOf } from "./documents";
import { child, graph, ofType } from "./graph";
import { DATA, OTHERS } from "./lifecycle";

/** Values of AWS's global condition keys in a request, named without their `aws:`. */
type Context = Record<string, string>;

/** When a key is missing, a negated operator holds, and IfExists holds; any other operator does not (IAM user guide). */
const OPERATORS: Record<string, (got: string | undefined, asked: string) => boolean> = {
  Bool: (got, asked) => got === asked,
  BoolIfExists: (got, asked) => got === undefined || got === asked,
  StringNotEquals: (got, asked) => got !== asked,
};

const applies = ({ Condition = {} }: Statement, context: Context) =>
  Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, asked]) =>
      OPERATORS[operator](context[key.replace("aws:", "")], asked),
    ),
  );

describe("the lake's bucket", () => {
  let dev: Program;
  let bucket: string;

  before(async () => {
    dev = await graph("dev");
    bucket = child(dev, "flows-lake").state.bucket;
  });

  it("is the only bucket", () => {
    assert.deepEqual(
      ofType(dev, "aws:s3/bucket:Bucket").map(({ name }) => name),
      ["flows-lake"],
    );
  });

  for (const [stack, forceDestroy] of Object.entries({ dev: true, prod: false })) {
    it(`${forceDestroy ? "goes with its logs" : "is not deleted while it holds logs"} in ${stack}`, async () => {
      assert.deepEqual(child(await graph(stack), "flows-lake").inputs, { forceDestroy });
    });
  }

  it("owns every object in it, so no ACL grants anything", () => {
    assert.deepEqual(child(dev, "flows-lake-ownership").inputs, {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
  });

  it("blocks public access in all four ways", () => {
    assert.deepEqual(child(dev, "flows-lake-access").inputs, {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  });

  it("denies plain HTTP and other accounts, on the bucket and its objects, and grants nothing", () => {
    const { inputs } = child(dev, "flows-lake-policy");
    const everything = {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    };
    assert.equal(inputs.bucket, bucket);
    assert.deepEqual(statementsOf(inputs.policy), [
      { Sid: "TlsOnly", ...everything, Condition: { Bool: { "aws:SecureTransport": "false" } } },
      {
        Sid: "ThisAccountOnly",
        ...everything,
        Condition: {
          StringNotEquals: { "aws:PrincipalAccount": "123456789012" },
          BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
        },
      },
    ]);
  });

  describe("as IAM reads its policy", () => {
    const own = { SecureTransport: "true", PrincipalAccount: "123456789012", PrincipalIsAWSService: "false" };
    const { PrincipalAccount, PrincipalIsAWSService, ...unsigned } = own;

    for (const [who, context, refusers] of [
      ["a role of the account, as Firehose and Lambda have", own, []],
      ["an AWS service that comes as itself", { ...unsigned, PrincipalIsAWSService: "true" }, []],
      ["a role of the account over plain HTTP", { ...own, SecureTransport: "false" }, ["TlsOnly"]],
      ["a role of another account", { ...own, PrincipalAccount: "210987654321" }, ["ThisAccountOnly"]],
      [
        "a stranger, whom S3 calls anonymous",
        { ...unsigned, PrincipalAccount: "anonymous" },
        ["ThisAccountOnly"],
      ],
      ["a stranger of whom nothing is known", unsigned, ["ThisAccountOnly"]],
    ] as [string, Context, string[]][]) {
      it(`${refusers.length > 0 ? "refuses" : "does not refuse"} ${who}`, () => {
        const statements = statementsOf(child(dev, "flows-lake-policy").inputs.policy);
        assert.deepEqual(
          statements.filter((statement) => applies(statement, context)).map(({ Sid }) => Sid),
          refusers,
        );
      });
    }
  });

  it("moves flow logs to cheaper storage after 90 days and keeps them, and expires everything else", () => {
    assert.deepEqual(child(dev, "flows-lake-lifecycle").inputs, { bucket, rules: [DATA, ...OTHERS] });
  });

  it("expires the objects below each prefix, except those with a stated reason", () => {
    const rules: { filter: { prefix: string }; expiration?: { days: number } }[] = child(
      dev,
      "flows-lake-lifecycle",
    ).inputs.rules;
    const deleted = rules.filter(({ expiration }) => expiration?.days).map(({ filter }) => filter.prefix);
    const reasons: Record<string, string> = {
      [PREFIX.data]:
        "flow logs are what the lake is for: they stay unless dataExpirationInDays says otherwise",
    };
    for (const prefix of Object.values(PREFIX))
      assert.equal(deleted.includes(prefix), reasons[prefix] === undefined, prefix);
  });

  it("lets roles write below these prefixes alone", async () => {
    const detections = { queries: ["top-pairs"] };
    const program = await graph("dev", { detections });
    const lake = child(program, "flows-lake").state;
    const stream = child(program, "flows-stream").inputs.extendedS3Configuration;
    const results = child(program, "flows-workgroup").inputs.configuration.resultConfiguration.outputLocation;
    const allowed = ofType(program, "aws:iam/rolePolicy:RolePolicy")
      .flatMap(({ inputs }) => statementsOf(inputs.policy))
      .filter(({ Action }) => listOf(Action).includes("s3:PutObject"))
      .flatMap(({ Resource }) => listOf(Resource));
    const written = [stream.prefix, stream.errorOutputPrefix, results, ...allowed].map((where: string) =>
      where.replace(`s3://${lake.bucket}/`, "").replace(`${lake.arn}/`, ""),
    );
    const prefixes = Object.values(PREFIX);
    assert.ok(written.length >= 8);
    assert.deepEqual(
      written.filter((path) => !prefixes.some((prefix) => path.startsWith(prefix))),
      [],
    );
  });
});
