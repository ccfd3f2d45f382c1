import type { DeclaredResource, Program } from "../../local/program";
import type { Context } from "./evaluator";
import { TOPIC } from "./world";

/** Stacks that together declare every resource type. */
export const STACKS: Record<string, Record<string, unknown>> = {
  LAMBDA: {
    vpcs: { main: "vpc-0123456789abcdef0" },
    subnets: { app: "subnet-0123456789abcdef0" },
    existingLogGroups: { old: "/vpc/flow-logs" },
    detections: { queries: ["top-pairs"], topic: TOPIC },
    objectLock: { mode: "GOVERNANCE", days: 1 },
    fields: [
      "recommended",
      "instance-tag",
      "ecs-container-instance-arn",
      "ecs-service-name",
      "ecs-task-definition-arn",
      "ecs-task-arn",
    ],
    tagFields: [{ resourceType: "instance", tagKeys: ["Name"] }],
    tags: { team: "network" },
    alarmTopic: TOPIC,
  },
  SUBSCRIPTION: {
    ingestion: "SUBSCRIPTION",
    existingLogGroups: { old: "/vpc/flow-logs" },
    transitGateways: { hub: "tgw-0123456789abcdef0" },
    producerAccounts: ["111122223333"],
    producerRegions: ["us-east-1", "eu-west-1"],
  },
  DIRECT: {
    ingestion: "DIRECT",
    forceDestroy: false,
    existingBucket: "company-flow-logs",
    existingKey: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  },
};

/** Target of a call: all of these resources at once, with this context. */
export interface Target {
  resources: string[];
  context?: Context;
}

const OURS = "123456789012";
const ANYTHING = { resources: ["*"] };
const arn = (service: string, rest: string, region = "us-east-1") =>
  `arn:aws:${service}:${region}:${OURS}:${rest}`;

const ofName = ({ resources }: Program, name: string) => resources.find(({ state }) => state.name === name);

/** Roles of a resource, which the deployer passes to its service. */
const roleArns = (inputs: DeclaredResource["inputs"]): string[] =>
  [...JSON.stringify(inputs).matchAll(/arn:aws:iam::\d+:role\/[\w-]+/g)].map(([role]) => role);

/** The service to which a role is passed, by resource type. */
const PASSED_TO: Record<string, string> = {
  "aws:ec2/flowLog:FlowLog": "vpc-flow-logs",
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": "firehose",
  "aws:lambda/function:Function": "lambda",
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": "logs",
  "aws:cloudwatch/logDestination:LogDestination": "logs",
  "aws:scheduler/schedule:Schedule": "scheduler",
  "aws:sfn/stateMachine:StateMachine": "states",
};

const passing = ({ type, inputs }: DeclaredResource): Target[] =>
  [...new Set(roleArns(inputs))].map((role) => ({
    resources: [role],
    context: { "iam:PassedToService": `${PASSED_TO[type]}.amazonaws.com` },
  }));

/** Resources of Glue's actions: the catalog, the database and, for some actions, the table. */
const catalogOf = (action: string, inputs: DeclaredResource["inputs"]): string[] => {
  const databaseName = /Database/.test(action) ? undefined : inputs.databaseName;
  const name = databaseName ? inputs.name : (inputs.databaseName ?? inputs.name);
  const parts = databaseName
    ? [`database/${databaseName}`, `table/${databaseName}/${name}`]
    : [`database/${name}`];
  return ["catalog", ...parts].map((part) => arn("glue", part));
};

/** AWS: vpc/latest/userguide/flow-logs-slr.html, AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions.html. */
const linkedRoles = ({ inputs }: DeclaredResource): Target[] =>
  [
    ["vpc-flow-logs.amazonaws.com", "AWSServiceRoleForVPCFlowLogs", inputs.tagFieldSpecifications],
    [
      "delivery.logs.amazonaws.com",
      "AWSServiceRoleForLogDelivery",
      /firehose/.test(inputs.logDestinationType),
    ],
  ]
    .filter(([, , isNeeded]) => isNeeded)
    .map(([service, name]) => ({
      resources: [`arn:aws:iam::${OURS}:role/aws-service-role/${service}/${name}`],
      context: { "iam:AWSServiceName": service },
    }));

const group = (name: string, rest = "") => ({ resources: [arn("logs", `log-group:${name}${rest}`)] });

/** Actions of CloudWatch Logs that have no resource. */
const OF_NO_GROUP = /^logs:(Describe(LogGroups|Destinations)|.*Log(Delivery|Deliveries))$/;

const inLogs = (action: string, { type, inputs, state }: DeclaredResource): Target[] => {
  if (OF_NO_GROUP.test(action)) return [ANYTHING];
  if (type.includes("logDestination"))
    return [
      { resources: [arn("logs", `destination:${inputs.destinationName ?? state.name}`, inputs.region)] },
    ];
  const name = inputs.logGroupName ?? inputs.logGroup ?? state.name;
  return [/LogStream$/.test(action) ? group(name, ":log-stream:delivery") : group(name)];
};

/** Permissions on tags are needed if a flow log has tag fields. */
const describesTags = ({ inputs }: DeclaredResource): Target[] =>
  inputs.tagFieldSpecifications ? [ANYTHING] : [];

const inEc2 = (action: string, resource: DeclaredResource): Target[] => {
  if (action === "ec2:DescribeTags") return describesTags(resource);
  if (/Describe/.test(action)) return [ANYTHING];
  const flowLog = arn("ec2", "vpc-flow-log/fl-0123456789abcdef0");
  const { vpcId, subnetId, transitGatewayId } = resource.inputs;
  const [kind, id] = vpcId
    ? ["vpc", vpcId]
    : subnetId
      ? ["subnet", subnetId]
      : ["transit-gateway", transitGatewayId];
  return [{ resources: /CreateFlowLogs/.test(action) ? [flowLog, arn("ec2", `${kind}/${id}`)] : [flowLog] }];
};

const inS3 = (action: string, { state, inputs }: DeclaredResource): Target[] => {
  const location = inputs.configuration?.resultConfiguration.outputLocation;
  const bucket = `arn:aws:s3:::${location?.split("/")[2] ?? state.bucket}`;
  const isObject = /Object(Version|LegalHold)?$|MultipartUpload(Parts)?$|BypassGovernance/.test(action);
  return [{ resources: [isObject ? `${bucket}/results/0f3b1f5e.csv` : bucket] }];
};

const keyOf = (resource: DeclaredResource): string | undefined =>
  /arn:aws:kms:[\w-]+:\d+:key\/[\w-]+/.exec(JSON.stringify([resource.state.arn, resource.inputs]))?.[0];

const inKms = (action: string, resource: DeclaredResource): Target[] => {
  const { type } = resource;
  if (action === "kms:CreateKey") return [ANYTHING];
  const service = type.startsWith("aws:athena/") ? "s3" : PASSED_TO[type];
  const context =
    type === "aws:kms/key:Key" ? undefined : { "kms:ViaService": `${service}.us-east-1.amazonaws.com` };
  const key = keyOf(resource);
  return key ? [{ resources: [key], context }] : [];
};

const functionOf = ({ inputs, state }: DeclaredResource) =>
  arn("lambda", `function:${inputs.functionName ?? inputs.function ?? state.name}`);

const SERVICES: Record<string, (action: string, resource: DeclaredResource, program: Program) => Target[]> = {
  logs: inLogs,
  ec2: inEc2,
  s3: inS3,
  kms: inKms,
  glue: (action, { inputs }) => [{ resources: catalogOf(action, inputs) }],
  iam: (action, resource, program) => {
    if (action === "iam:PassRole") return passing(resource);
    if (action === "iam:CreateServiceLinkedRole") return linkedRoles(resource);
    if (!resource.type.startsWith("aws:iam/"))
      return roleArns(resource.inputs).map((role) => ({ resources: [role] }));
    const role = resource.inputs.role ? ofName(program, resource.inputs.role) : resource;
    return [{ resources: [role?.state.arn] }];
  },
  lambda: (_, resource) => [{ resources: [functionOf(resource)] }],
  athena: (_, { inputs, state }) => [
    { resources: [arn("athena", `workgroup/${inputs.workgroup ?? state.name}`)] },
  ],
  cloudwatch: (_, { inputs, state }) => [
    inputs.dashboardName
      ? { resources: [arn("cloudwatch", `dashboard/${inputs.dashboardName}`, "")] }
      : { resources: [state.arn] },
  ],
  scheduler: (action, { inputs, state }) => [
    /Schedule$/.test(action)
      ? { resources: [arn("scheduler", `schedule/${inputs.groupName ?? state.name}/top-pairs`)] }
      : { resources: [state.arn] },
  ],
  firehose: (_, { state }) => [{ resources: [state.arn] }],
  states: (action, { state }) => [/Validate/.test(action) ? ANYTHING : { resources: [state.arn] }],
  sqs: (_, __, { resources }) => [
    {
      resources: resources.filter(({ type }) => type === "aws:sqs/queue:Queue").map(({ state }) => state.arn),
    },
  ],
  autoscaling: (_, resource) => describesTags(resource),
};

/**
 * Returns a call's targets for a declared resource, by AWS's service authorization reference; none if it does not make the call.
 */
export const targetsOf = (action: string, resource: DeclaredResource, program: Program): Target[] =>
  SERVICES[action.split(":")[0]](action, resource, program);
