import { operationsRules } from "../../../policy/rules/operations";
import { resourceTagged } from "../../../policy/rules/operations/resource-tagged";
import { BUCKET, resource, UNKNOWN_ON_THE_WIRE as UNKNOWN } from "../stack";
import { judge } from "./judge";

const hostile = [null, 7, "text", [], [null], { a: null }, UNKNOWN, true];

describe("the rules about operations", () => {
  for (const rule of operationsRules)
    it(`do not throw for values of wrong types: ${rule.name}`, () => {
      const properties = [
        "retentionInDays",
        "runtime",
        "tracingConfig",
        "extendedS3Configuration",
        "configuration",
      ];
      const more = [
        "deadLetterConfig",
        "destinationConfig",
        "functionName",
        "function",
        "lambdaFunctions",
        "rules",
      ];
      const types = ["logGroup:LogGroup", "x"].map((type) => `aws:cloudwatch/${type}`);
      const lambda = ["function:Function", "permission:Permission"].map((type) => `aws:lambda/${type}`);
      const others = [
        "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
        "aws:athena/workgroup:Workgroup",
      ];
      const beside = ["aws:s3/bucketNotification:BucketNotification", BUCKET];
      for (const value of hostile)
        for (const type of [...types, ...lambda, ...others, ...beside]) {
          const props = Object.fromEntries([...properties, ...more, "tags"].map((name) => [name, value]));
          judge(
            rule,
            [resource(type, "main", props)],
            rule === resourceTagged ? { required: ["owner"] } : {},
          );
        }
    });
});
