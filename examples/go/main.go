package main

import (
	"github.com/flow-log-analytics/flow-log-analytics/sdk/go/flowloganalytics"
	"github.com/pulumi/pulumi-aws/sdk/v7/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(deploy)
}

func deploy(ctx *pulumi.Context) error {
	vpc, err := ec2.LookupVpc(ctx, &ec2.LookupVpcArgs{Default: pulumi.BoolRef(true)})
	if err != nil {
		return err
	}
	ingestion := flowloganalytics.IngestionLAMBDA
	flows, err := flowloganalytics.NewFlowLogAnalytics(ctx, "flows", &flowloganalytics.FlowLogAnalyticsArgs{
		Vpcs:             map[string]pulumi.StringInput{"main": pulumi.String(vpc.Id)},
		InsideCidrBlocks: pulumi.StringArray{pulumi.String(vpc.CidrBlock)},
		Fields: []flowloganalytics.FlowLogField{
			flowloganalytics.FlowLogFieldRecommended,
			flowloganalytics.FlowLogFieldRejectReason,
		},
		Networks:  map[string][]string{"office": {"203.0.113.0/24"}},
		Retention: &flowloganalytics.RetentionArgs{DataExpirationInDays: pulumi.Float64Ref(365)},
		Ingestion: &ingestion,
	})
	if err != nil {
		return err
	}
	ctx.Export("table", flows.Table.Name())
	ctx.Export("athena", flows.ConsoleLink)
	return nil
}
