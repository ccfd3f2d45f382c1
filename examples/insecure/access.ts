import { AccessKey, Policy, Role, RolePolicy, RolePolicyAttachment, UserPolicy } from "@pulumi/aws/iam";
import { TopicPolicy } from "@pulumi/aws/sns";
import { ACCOUNT, ARN, document, overTls } from "./sound";

const OBJECTS = "arn:aws:s3:::lake/*";
const allow = (Action: string | string[], Resource: string | string[] = OBJECTS) => ({
  Effect: "Allow",
  Action,
  Resource,
});
const policy = (name: string, ...statements: object[]) =>
  new Policy(name, { policy: document(...statements) });

new Policy("policy-that-is-no-policy", { policy: '{"Statement": "later"}' });
policy("policy-with-a-typing-mistake", allow("s3:GetObjekt"));
policy("policy-for-a-whole-service", allow("s3:*"));
policy("policy-for-every-topic", allow("sns:Publish", "*"));
policy("policy-for-whatever-begins-so", allow("s3:Get*"));
new RolePolicyAttachment("attachment-of-all-permissions", {
  role: "administrator",
  policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
});
const FUNCTIONS = `arn:aws:lambda:*:${ACCOUNT}:function:*`;
policy("policy-that-gives-itself-more", allow("lambda:UpdateFunctionCode", FUNCTIONS));
const combined = new Role("role-that-two-policies-make-administrator", {
  assumeRolePolicy: document({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { Service: "lambda.amazonaws.com" },
  }),
});
const MACHINES = `arn:aws:states:*:${ACCOUNT}:stateMachine:*`;
for (const action of ["UpdateStateMachine", "StartExecution"])
  new RolePolicy(`policy-to-${action}`, {
    role: combined.name,
    policy: document(allow(`states:${action}`, MACHINES)),
  });
policy("policy-that-passes-any-role", allow("iam:PassRole", `${ARN}:role/*`));
policy(
  "policy-that-reads-every-secret",
  allow("secretsmanager:GetSecretValue", `arn:aws:secretsmanager:*:${ACCOUNT}:secret:*`),
);
policy("policy-that-becomes-any-role", allow("sts:AssumeRole", `${ARN}:role/*`));
policy("policy-that-gives-out-permissions", allow("lambda:AddPermission", FUNCTIONS));

const topic = `arn:aws:sns:eu-west-1:${ACCOUNT}:flows`;
new TopicPolicy("topic-with-all-actions", {
  arn: topic,
  policy: document(overTls("sns:Publish", topic), {
    ...allow("sns:*", topic),
    Principal: { AWS: `${ARN}:role/publisher` },
  }),
});
new TopicPolicy("topic-for-a-service-of-any-account", {
  arn: topic,
  policy: document(overTls("sns:Publish", topic), {
    ...allow("sns:Publish", topic),
    Principal: { Service: "events.amazonaws.com" },
  }),
});

new UserPolicy("policy-of-one-user", { user: "someone", policy: document(allow("s3:GetObject")) });
new AccessKey("key-that-does-not-expire", { user: "someone" });
