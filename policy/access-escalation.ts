import { isNarrowed, PASSED_TO } from "./access-conditions";
import { givingEverywhere, givingSomewhere } from "./access-powers";
import { type Document, documentRule, some } from "./access-rule";
import { nist } from "./lake-frameworks";

// The ways from some permissions to all of them, as Rhino Security Labs and pathfinding.cloud describe them.

/** Each alone is enough, where nothing limits on which user, role, policy or function. */
const ALONE = [
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreatePolicyVersion",
  "iam:PutGroupPolicy",
  "iam:PutRolePolicy",
  "iam:PutUserPolicy",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
  "glue:UpdateDevEndpoint",
  "lambda:UpdateFunctionCode",
  "sagemaker:CreatePresignedNotebookInstanceUrl",
];

/** What runs under any role that one may pass to it. */
const WITH_ANY_ROLE = [
  ["apprunner:CreateService"],
  ["cloudformation:CreateStack"],
  ["cloudformation:CreateStackSet", "cloudformation:CreateStackInstances"],
  ["codebuild:CreateProject", "codebuild:StartBuild"],
  ["codebuild:CreateProject", "codebuild:StartBuildBatch"],
  ["datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"],
  ["ec2:RequestSpotInstances"],
  ["ec2:RunInstances"],
  ["ecs:RegisterTaskDefinition", "ecs:CreateService"],
  ["ecs:RegisterTaskDefinition", "ecs:RunTask"],
  ["ecs:RegisterTaskDefinition", "ecs:StartTask"],
  ["elasticmapreduce:RunJobFlow"],
  ["emr-serverless:StartJobRun"],
  ["glue:CreateDevEndpoint"],
  ["glue:CreateJob", "glue:CreateTrigger"],
  ["glue:CreateJob", "glue:StartJobRun"],
  ["lambda:CreateFunction", "lambda:AddPermission"],
  ["lambda:CreateFunction", "lambda:CreateEventSourceMapping"],
  ["lambda:CreateFunction", "lambda:CreateFunctionUrlConfig"],
  ["lambda:CreateFunction", "lambda:InvokeFunction"],
  ["sagemaker:CreateNotebookInstance"],
  ["sagemaker:CreateProcessingJob"],
  ["sagemaker:CreateTrainingJob"],
  ["scheduler:CreateSchedule"],
  ["ssm:StartAutomationExecution"],
  ["states:CreateStateMachine", "states:StartExecution"],
];

const PASS_ROLE = "iam:passrole";

export const roleNoPrivilegeEscalation = documentRule(
  {
    name: "role-no-privilege-escalation",
    displayName: "No privilege escalation",
    description: "Nobody can use an identity policy's permissions to get more permissions.",
    severity: "critical",
    framework: nist("AC-6(10)", "Prohibit non-privileged users from executing privileged functions"),
    tags: ["least-privilege", "iam", "fsbp/IAM.1", "cis-aws-3.0.0/1.16"],
    remediationSteps:
      "Limit the actions to named users, roles, policies and functions; give those who make roles a condition on " +
      "iam:PermissionsBoundary; give an identity that is an administrator by design an exemption.",
    url: "https://pathfinding.cloud",
  },
  ["identity"],
  (document) => {
    const ways = [...aloneIn(document), ...passingIn(document)];
    return ways.length === 0
      ? []
      : [
          `lets its holder become administrator through ${some(ways, 3)}; limit these to named resources, or require ` +
            "iam:PermissionsBoundary",
        ];
  },
);

const aloneIn = (document: Document): string[] =>
  ALONE.filter((action) => givingEverywhere(document, action.toLowerCase()));

/** Passing roles has to be boundless; what is made with one may have any name. */
function passingIn(document: Document): string[] {
  const passing = givingEverywhere(document, PASS_ROLE);
  // Who may pass roles to a service that the policy cannot use is no administrator.
  if (!passing || isNarrowed(passing, PASSED_TO)) return [];
  return WITH_ANY_ROLE.filter((actions) =>
    actions.every((action) => givingSomewhere(document, action.toLowerCase())),
  ).map((actions) => ["iam:PassRole", ...actions].join(" + "));
}

export const roleNoPassAnyRole = documentRule(
  {
    name: "role-no-pass-any-role",
    displayName: "No passing of any role",
    description: "Who may pass roles to services may pass named roles.",
    severity: "high",
    framework: nist("AC-6", "Least privilege"),
    tags: ["least-privilege", "iam"],
    remediationSteps:
      "Name the roles, or a prefix or path of roles, in the Resource of iam:PassRole, and the service in a condition on " +
      "iam:PassedToService.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  },
  ["identity"],
  (document) => {
    const passing = givingEverywhere(document, PASS_ROLE);
    return passing
      ? [`${passing.label} allows iam:PassRole on every role, an administrator's too; name the roles`]
      : [];
  },
);
