import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import type { FlowLogAnalyticsArgs } from "../../components";
import { PREFIX } from "../../components/lifecycle";
import type { Program } from "../../local/program";
import { componentGraph } from "./component";
import { listOf, type Statement, statementsOf } from "./documents";
import { child, graph, ofType } from "./graph";
import { VPCS } from "./settings";

/** What a request says of who makes it: AWS's global condition keys, without their `aws:`. */
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

const rule = (id: string, prefix: string, actions: object) => ({
  id,
  status: "Enabled",
  filter: { prefix },
  ...actions,
});
const DATA = rule("data", "flow-logs/", { transitions: [{ days: 90, storageClass: "STANDARD_IA" }] });
const UNFINISHED = rule("unfinished-uploads", "", {
  abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
});
const OTHERS = [
  rule("results", "results/", { expiration: { days: 30 } }),
  rule("errors", "errors/", { expiration: { days: 90 } }),
  rule("failed-events", "aws/lambda/async/", { expiration: { days: 90 } }),
  rule("findings", "findings/", { expiration: { days: 365 } }),
  UNFINISHED,
];
const OLD_VERSIONS = rule("old-versions", "", {
  noncurrentVersionExpiration: { noncurrentDays: 30 },
  expiration: { expiredObjectDeleteMarker: true },
});

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

  it("refuses plain HTTP and other accounts, to itself and to its objects, and grants nobody anything", () => {
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

  it("moves data to cheaper storage after 90 days but keeps it, and expires everything else", () => {
    assert.deepEqual(child(dev, "flows-lake-lifecycle").inputs, { bucket, rules: [DATA, ...OTHERS] });
  });

  it("deletes in the end what is below each of its prefixes, or there is a reason not to", () => {
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

  it("is written to below these prefixes alone, by whoever may write", async () => {
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

describe("the lake, with arguments of its own", () => {
  const LAKE = /^flows-lake/;
  const rulesOf = async (args: Omit<FlowLogAnalyticsArgs, "vpcs">) =>
    child(await componentGraph({ vpcs: VPCS, ...args }), "flows-lake-lifecycle").inputs.rules;

  it("keeps everything for as long as is asked", async () => {
    const rules = await rulesOf({
      retention: {
        dataTransitionInDays: 60,
        dataExpirationInDays: 400,
        resultsExpirationInDays: 1,
        errorsExpirationInDays: 2,
        failedEventsExpirationInDays: 3,
        findingsExpirationInDays: 4,
      },
    });
    assert.deepEqual(rules, [
      rule("data", "flow-logs/", {
        transitions: [{ days: 60, storageClass: "STANDARD_IA" }],
        expiration: { days: 400 },
      }),
      rule("results", "results/", { expiration: { days: 1 } }),
      rule("errors", "errors/", { expiration: { days: 2 } }),
      rule("failed-events", "aws/lambda/async/", { expiration: { days: 3 } }),
      rule("findings", "findings/", { expiration: { days: 4 } }),
      UNFINISHED,
    ]);
  });

  it("only deletes flow logs that would be in cheaper storage too briefly to save anything", async () => {
    assert.deepEqual(await rulesOf({ retention: { dataExpirationInDays: 14 } }), [
      rule("data", "flow-logs/", { expiration: { days: 14 } }),
      ...OTHERS,
    ]);
  });

  it("has no rule for flow logs that stay where they are", async () => {
    assert.deepEqual(await rulesOf({ retention: { dataTransitionInDays: 0 } }), OTHERS);
  });

  it("keeps versions for 30 days, and takes them away only once it keeps them", async () => {
    const component = await componentGraph({ vpcs: VPCS, versioning: true });
    const { bucket } = child(component, "flows-lake").state;
    const lifecycle = child(component, "flows-lake-lifecycle");
    assert.deepEqual(child(component, "flows-lake-versioning").inputs, {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    assert.deepEqual(lifecycle.inputs, { bucket, rules: [DATA, ...OTHERS, OLD_VERSIONS] });
    assert.ok(lifecycle.waitsFor.includes("flows-lake-versioning"));
    assert.deepEqual(child(component, "flows-lake").inputs, { forceDestroy: false });
  });

  describe("with a lock", () => {
    let locked: Awaited<ReturnType<typeof componentGraph>>;

    before(async () => {
      locked = await componentGraph({ vpcs: VPCS, objectLock: { mode: "COMPLIANCE", days: 365 } });
    });

    it("locks each object when it arrives, once the bucket keeps versions", () => {
      const { inputs, waitsFor } = child(locked, "flows-lake-object-lock");
      assert.deepEqual(inputs, {
        bucket: child(locked, "flows-lake").state.bucket,
        rule: { defaultRetention: { mode: "COMPLIANCE", days: 365 } },
      });
      assert.ok(waitsFor.includes("flows-lake-versioning"));
    });

    it("keeps versions, and takes them away when they are no longer locked", () => {
      assert.deepEqual(child(locked, "flows-lake-lifecycle").inputs.rules, [DATA, ...OTHERS, OLD_VERSIONS]);
    });

    it("is made with it, but not made anew for it: a bucket that is there gets the lock as it is", () => {
      const { inputs, ignoresChanges } = child(locked, "flows-lake");
      assert.deepEqual(inputs, { forceDestroy: false, objectLockEnabled: true });
      assert.deepEqual(ignoresChanges, ["objectLockEnabled"]);
    });
  });

  describe("with a bucket that exists", () => {
    let component: Awaited<ReturnType<typeof componentGraph>>;
    const inputs = (name: string) => child(component, name).inputs;

    before(async () => {
      component = await componentGraph({ vpcs: VPCS, existingBucket: output("acme-logs") });
    });

    it("makes no bucket and nothing of a bucket", () => {
      assert.deepEqual(
        component.resources.filter(({ type, name }) => type.startsWith("aws:s3/") || LAKE.test(name)),
        [],
      );
    });

    it("stores and asks there", () => {
      const { bucketArn, kmsKeyArn } = inputs("flows-stream").extendedS3Configuration;
      assert.deepEqual(
        [bucketArn, kmsKeyArn],
        ["arn:aws:s3:::acme-logs", child(component, "flows-key").state.arn],
      );
      assert.equal(inputs("flows-table").storageDescriptor.location, "s3://acme-logs/flow-logs/");
      assert.equal(
        inputs("flows-workgroup").configuration.resultConfiguration.outputLocation,
        "s3://acme-logs/results/",
      );
      assert.equal(
        inputs("flows-etl-failures").destinationConfig.onFailure.destination,
        "arn:aws:s3:::acme-logs",
      );
    });

    it("lets the roles do there what they do in a bucket of the component's own", () => {
      const resources = ["flows-stream-policy", "flows-etl-policy"].flatMap((name) =>
        statementsOf(inputs(name).policy).flatMap(({ Resource }) => listOf(Resource)),
      );
      assert.deepEqual(
        resources.filter((arn) => arn.includes(":s3:")),
        ["", "/flow-logs/*", "/errors/*", "/aws/lambda/async/*", ""].map(
          (path) => `arn:aws:s3:::acme-logs${path}`,
        ),
      );
    });
  });
});
