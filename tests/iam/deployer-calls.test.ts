import assert from "node:assert/strict";
import { CALLS, INVOKES } from "../../cli/plan/deployer/calls";
import { deployerPolicy } from "../../cli/plan/deployer/policy";
import { graph } from "../components/graph";
import { listed, permissionsOf, words } from "./deployer-judge";
import { STACKS } from "./deployer-targets";
import { CLOUDFORMATION_TYPES, MORE, NOT_GIVEN } from "./deployer-verdicts";

describe("the calls of a deployment", () => {
  it("are known for every type that a stack declares", async () => {
    for (const config of Object.values(STACKS)) {
      const { resources } = await graph("dev", config);
      const types = words(...resources.map(({ type }) => type));
      assert.deepEqual(
        types.filter((type) => type.startsWith("aws:") && !CALLS[type]),
        [],
      );
    }
  });

  it("have a CloudFormation type to compare with for each type, except parts of a bucket", () => {
    assert.deepEqual(
      Object.keys(CALLS).filter((type) => !CLOUDFORMATION_TYPES[type] && !/s3\/bucket[A-Z]/.test(type)),
      [],
    );
  });

  it("fail the policy for a type or a provider function that is not listed", async () => {
    const program = await graph("dev");
    const unknown = { ...program.resources[1], type: "aws:dynamodb/table:Table", name: "flows-state" };
    const wanting = { ...program, resources: [...program.resources, unknown] };
    assert.throws(() => deployerPolicy(wanting, "*"), {
      message:
        "the calls that aws:dynamodb/table:Table (flows-state) needs are not listed; add them to cli/plan/deployer/calls.ts",
    });
    const asking = { ...program, invokes: [...program.invokes, "aws:ec2/getAmi:getAmi"] };
    assert.throws(() => deployerPolicy(asking, "*"), {
      message: /the calls that aws:ec2\/getAmi:getAmi needs/,
    });
    assert.ok(program.invokes.every((token) => INVOKES[token]));
  });

  for (const [type, rows] of Object.entries(CALLS)) {
    it(`of ${type} are CloudFormation's, but for those with a source`, () => {
      const ours = words(
        ...rows.flatMap(([, create, read, update, remove]) => [create, read, update, remove]),
      );
      const theirs = permissionsOf(CLOUDFORMATION_TYPES[type] ?? "AWS::S3::Bucket");
      assert.deepEqual(
        ours.filter((action) => !theirs.includes(action)),
        listed(MORE[type]),
      );
    });
  }

  it("that are left out with a reason are CloudFormation's, and no row of that type has them", () => {
    for (const [type, reasons] of Object.entries(NOT_GIVEN)) {
      const theirs = permissionsOf(type);
      assert.deepEqual(
        listed(reasons).filter((action) => !theirs.includes(action)),
        [],
        type,
      );
      const ours = Object.entries(CLOUDFORMATION_TYPES)
        .filter(([, theirType]) => theirType === type)
        .flatMap(([ourType]) => CALLS[ourType].flatMap((row) => row.slice(1, 5).map(String)));
      assert.deepEqual(
        words(...ours).filter((action) => listed(reasons).includes(action)),
        [],
        type,
      );
    }
  });
});
