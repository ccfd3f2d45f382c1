import { Role } from "@pulumi/aws/iam";
import { ACCOUNT, ARN, document } from "./sound";

const role = (name: string, statement: object) =>
  new Role(name, {
    assumeRolePolicy: document({ Effect: "Allow", Action: "sts:AssumeRole", ...statement }),
  });

role("role-for-everybody", { Principal: "*" });
role("role-in-any-way", { Principal: { AWS: `${ARN}:role/reader` }, Action: "sts:*" });
role("role-for-a-whole-account", { Principal: { AWS: `arn:aws:iam::444455556666:root` } });
role("role-for-a-service-of-any-account", { Principal: { Service: "firehose.amazonaws.com" } });

const GITHUB = "token.actions.githubusercontent.com";
const pipelines = {
  Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${GITHUB}` },
  Action: "sts:AssumeRoleWithWebIdentity",
};
role("role-for-any-pipeline", {
  ...pipelines,
  Condition: { StringEquals: { [`${GITHUB}:aud`]: "sts.amazonaws.com" } },
});
role("role-for-any-audience", {
  ...pipelines,
  Condition: { StringEquals: { [`${GITHUB}:sub`]: "repo:acme/flow-logs:ref:refs/heads/main" } },
});
