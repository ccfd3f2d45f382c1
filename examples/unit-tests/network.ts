import { Vpc } from "@pulumi/aws/ec2";
import { Topic } from "@pulumi/aws/sns";
import { FlowLogAnalytics } from "flow-log-analytics";

/** A VPC with its flow logs, of which alarms tell a topic. */
export const createNetwork = (name: string) => {
  const vpc = new Vpc(name, { cidrBlock: "10.0.0.0/16" });
  const topic = new Topic(`${name}-alerts`);
  const flows = new FlowLogAnalytics(`${name}-flows`, {
    vpcs: { main: vpc.id },
    fields: ["recommended"],
    ingestion: "DIRECT",
    keepAction: "REJECT",
    alarmTopic: topic.arn,
    tags: { network: name },
  });
  return { vpc, topic, flows };
};
