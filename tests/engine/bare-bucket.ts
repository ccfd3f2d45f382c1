import { Bucket } from "@pulumi/aws/s3";

// A bucket without protection, for the policy pack to stop. The component has no argument that makes one.
new Bucket("bare");
