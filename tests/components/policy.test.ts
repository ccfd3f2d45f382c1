import assert from "node:assert/strict";
import { join } from "node:path";
import type { PolicyResource } from "@pulumi/policy";
import { PROJECT_DIR } from "../../local/program";
import { type Analyzer, startAnalyzer } from "../policy/analyzer";
import { resource } from "../policy/stack";
import { graph } from "./graph";

type Stack = Record<string, PolicyResource>;

/** The stack as the engine describes it after an update. */
const deployed = async (stack: string): Promise<Stack> => {
  const { resources } = await graph(stack);
  // Through JSON, as over the wire; what an archive holds is nothing to a rule.
  const entries = resources.map(({ type, name, state }) => [
    name,
    resource(type, name, JSON.parse(JSON.stringify(state))),
  ]);
  return Object.fromEntries(entries);
};

describe("the policy pack", () => {
  let pack: Analyzer;
  const violations = async (stack: Stack): Promise<string[]> => {
    const answers = [await pack.analyzeStack(stack)];
    for (const each of Object.values(stack)) answers.push(await pack.analyze(each));
    return answers.flatMap((answer) => answer.getDiagnosticsList()).map((each) => each.getPolicyname());
  };

  before(async () => {
    pack = await startAnalyzer(join(PROJECT_DIR, "policy"));
  });

  after(() => pack?.stop());

  for (const stack of ["dev", "prod"]) {
    it(`finds nothing in ${stack}`, async () =>
      assert.deepEqual(await violations(await deployed(stack)), []));
  }

  it("finds that the bucket's policy is gone", async () => {
    const { "flows-lake-policy": gone, ...rest } = await deployed("dev");
    assert.equal(gone.type, "aws:s3/bucketPolicy:BucketPolicy");
    assert.deepEqual(await violations(rest), ["bucket-tls-only"]);
  });

  it("finds that the ETL may do anything with the stream", async () => {
    const stack = await deployed("dev");
    const { props } = stack["flows-etl-policy"];
    props.policy = props.policy.replace("firehose:PutRecordBatch", "firehose:*");
    assert.deepEqual(await violations(stack), ["role-no-wildcard-action"]);
  });
});
