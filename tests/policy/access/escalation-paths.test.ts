import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { FILE } from "../../../policy/reading/escalation-generate";
import type { Escalations } from "../../../policy/reading/escalations";
import { roleNoPrivilegeEscalation } from "../../../policy/rules/access/role-no-privilege-escalation";
import { allowing, judge, ROLE_POLICY } from "./judge";

const { source, date, paths } = JSON.parse(readFileSync(FILE, "utf8")) as Escalations;

/** One path of each group that pathfinding.cloud had in November 2026 and earlier lists did not have. */
const PUBLISHED = [
  "apprunner:UpdateService",
  "bedrock-agentcore:InvokeCodeInterpreter",
  "cloudformation:ExecuteChangeSet",
  "cloudformation:UpdateStack",
  "codebuild:StartBuild",
  "codebuild:StartBuildBatch",
  "ec2-instance-connect:SendSSHPublicKey",
  "ec2:ModifyInstanceAttribute",
  "ec2:ModifyLaunchTemplate",
  "ecs:ExecuteCommand",
  "glue:UpdateJob",
  "lambda:UpdateFunctionConfiguration",
  "sagemaker:CreateNotebookInstanceLifecycleConfig",
  "ssm:SendCommand",
  "ssm:StartSession",
];

const ways = (...statements: object[]) =>
  judge(roleNoPrivilegeEscalation, ROLE_POLICY, allowing(...statements));
const passAny = { Action: "iam:PassRole", Resource: "*" };

describe("a path of the catalogue to more permissions", () => {
  it("has a date, and includes the services of pathfinding.cloud", () => {
    assert.match(date, /^\d{4}-\d\d-\d\d$/);
    assert.match(source, /^prowler \d/);
    const known = paths.flat().join(" ");
    for (const action of PUBLISHED) assert.ok(known.includes(action), action);
  });

  for (const path of paths) {
    const [name, others] = [path.join(" + "), path.filter((action) => action !== "iam:PassRole")];
    it(`is open where all of it is allowed on everything, and closed where a part is not: ${name}`, () => {
      assert.equal(ways({ Action: path, Resource: "*" }).length, 1);
      for (const left of path) {
        const Action = path.filter((action) => action !== left);
        const found = Action.length > 0 ? ways({ Action, Resource: "*" }) : [];
        assert.ok(!found.some((text) => text.includes(left)), `${left}: ${found}`);
      }
    });
    if (path.includes("iam:PassRole"))
      it(`is closed where only named roles may be passed: ${name}`, () => {
        const Resource = "arn:aws:iam::111122223333:role/jobs-*";
        const found = ways({ Action: "iam:PassRole", Resource }, { Action: others, Resource: "*" });
        assert.ok(!found.some((text) => text.includes("iam:PassRole")), found[0]);
      });
  }

  it("that passes any role is open for the service in iam:PassedToService, and for no other", () => {
    const to = (service: string) => ({
      ...passAny,
      Condition: { StringEquals: { "iam:PassedToService": service } },
    });
    const make = { Action: ["lambda:CreateFunction", "lambda:InvokeFunction"] };
    assert.equal(ways(to("lambda.amazonaws.com"), make).length, 1);
    assert.deepEqual(ways(to("glue.amazonaws.com"), make), []);
    assert.equal(ways(to("ecs-tasks.amazonaws.com"), { Action: "ecs:RunTask" }).length, 1);
    assert.equal(ways(to("tasks.apprunner.amazonaws.com"), { Action: "apprunner:CreateService" }).length, 1);
  });

  const everyOne: [string, string][] = [
    ["codebuild:StartBuild", "arn:aws:codebuild:*:111122223333:project/*"],
    ["ssm:StartSession", "arn:aws:ec2:eu-west-1:111122223333:instance/*"],
    ["cloudformation:UpdateStack", "arn:aws:cloudformation:*:*:stack/*/*"],
    ["ec2-instance-connect:SendSSHPublicKey", "arn:aws:ec2:*:*:instance/*"],
    ["iam:DeleteUserPermissionsBoundary", "arn:aws:iam::111122223333:user/*"],
  ];
  for (const [Action, Resource] of everyOne) {
    it(`is open on ${Resource}, which matches every resource of ${Action}`, () =>
      assert.equal(ways({ Action, Resource }).length, 1));
    it(`is closed on a prefix of names of ${Resource}`, () =>
      assert.deepEqual(ways({ Action, Resource: Resource.replace(/\*(\/\*)?$/, "app-*$1") }), []));
  }
});
