import { Bucket } from "@pulumi/aws/s3";

// What the policy pack exists to stop. The component has no argument that would take its protection off.
new Bucket("bare");
