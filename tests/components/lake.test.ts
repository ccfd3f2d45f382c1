import assert from "node:assert/strict";
import type { Program } from "../../local/program";
import { listOf, statementsOf } from "./documents";
import { child, graph, ofType } from "./graph";

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

  it("refuses everybody who comes without TLS, to itself and to its objects, and grants nobody anything", () => {
    const { inputs } = child(dev, "flows-lake-policy");
    assert.equal(inputs.bucket, bucket);
    assert.deepEqual(statementsOf(inputs.policy), [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  it("moves data to cheaper storage after 90 days but keeps it, and expires everything else", () => {
    const expiring = (id: string, prefix: string, days: number) => ({
      id,
      status: "Enabled",
      filter: { prefix },
      expiration: { days },
    });
    assert.deepEqual(child(dev, "flows-lake-lifecycle").inputs, {
      bucket,
      rules: [
        {
          id: "data-to-cheaper-storage",
          status: "Enabled",
          filter: { prefix: "flow-logs/" },
          transitions: [{ days: 90, storageClass: "STANDARD_IA" }],
        },
        expiring("results", "results/", 30),
        expiring("errors", "errors/", 90),
        expiring("failed-events", "aws/lambda/async/", 90),
        {
          id: "unfinished-uploads",
          status: "Enabled",
          filter: { prefix: "" },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    });
  });

  it("is written to nowhere that no lifecycle rule tidies", () => {
    const stream = child(dev, "flows-stream").inputs.extendedS3Configuration;
    const results = child(dev, "flows-workgroup").inputs.configuration.resultConfiguration.outputLocation;
    const failed = statementsOf(child(dev, "flows-etl-policy").inputs.policy)
      .filter(({ Action }) => listOf(Action).includes("s3:PutObject"))
      .flatMap(({ Resource }) => listOf(Resource));
    const written = [stream.prefix, stream.errorOutputPrefix, results, ...failed].map((where: string) =>
      where.replace(`s3://${bucket}/`, "").replace(`arn:aws:s3:::${bucket}/`, ""),
    );
    const tidied: { filter: { prefix: string } }[] = child(dev, "flows-lake-lifecycle").inputs.rules;
    const prefixes = tidied.map(({ filter }) => filter.prefix).filter((prefix) => prefix !== "");
    assert.deepEqual(
      written.map((path) => prefixes.filter((prefix) => path.startsWith(prefix))),
      [["flow-logs/"], ["errors/"], ["results/"], ["aws/lambda/async/"]],
    );
  });
});
