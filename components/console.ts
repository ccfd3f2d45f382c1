import * as pulumi from "@pulumi/pulumi";
import type { Place } from "./iam";
import { consoleHostOf } from "./partitions";

/** Encodes a name for a console address behind the `#`: encoded twice, with `$` for each `%`. */
const twice = (name: string) => encodeURIComponent(encodeURIComponent(name)).replaceAll("%", "$");

/** Console paths of a resource's page, by its name or ARN. */
const PAGES = {
  bucket: (region: string, name: string) => `s3/buckets/${name}?region=${region}`,
  function: (region: string, name: string) =>
    `lambda/home?region=${region}#/functions/${name}?tab=monitoring`,
  logGroup: (region: string, name: string) =>
    `cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${twice(name)}`,
  queues: (region: string) => `sqs/v3/home?region=${region}#/queues`,
  savedQueries: (region: string, workgroup: string) =>
    `athena/home?region=${region}#/query-editor/saved-queries?workgroup=${workgroup}`,
  schedules: (region: string) => `scheduler/home?region=${region}#schedules`,
  stateMachine: (region: string, arn: string) => `states/home?region=${region}#/statemachines/view/${arn}`,
  stream: (region: string, name: string) => `firehose/home?region=${region}#/details/${name}/monitoring`,
};

export type Page = keyof typeof PAGES;

/** Returns the URL of a resource's page in the console of the stack's region. */
export const consoleLink = (place: Place, page: Page, name: pulumi.Input<string>): pulumi.Output<string> =>
  pulumi
    .all([place.region, name])
    .apply(([region, known]) => `https://${consoleHostOf(region)}/${PAGES[page](region, known)}`);
