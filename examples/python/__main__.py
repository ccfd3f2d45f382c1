import pulumi
import pulumi_aws as aws
from flow_log_analytics import FlowLogAnalytics, FlowLogField, Ingestion, RetentionArgs

vpc = aws.ec2.get_vpc(default=True)
flows = FlowLogAnalytics(
    "flows",
    vpcs={"main": vpc.id},
    inside_cidr_blocks=[vpc.cidr_block],
    fields=[FlowLogField.RECOMMENDED, FlowLogField.REJECT_REASON],
    networks={"office": ["203.0.113.0/24"]},
    retention=RetentionArgs(data_expiration_in_days=365),
    ingestion=Ingestion.LAMBDA_,
)

pulumi.export("table", flows.table.name)
pulumi.export("athena", flows.console_link)
