import * as athena from "@pulumi/aws/athena";
import * as pulumi from "@pulumi/pulumi";
import { missingFields, savedQueries, tableOf } from "../queries";
import { consoleLink } from "./console";
import type { Place } from "./iam";
import { sqlOf } from "./inside";
import { type Lake, PREFIX } from "./lake";
import type { Settings } from "./settings";
import { createViews } from "./views";

/** Creates the workgroup, which limits and encrypts queries, and the saved queries. */
export const createQuery = (
  name: string,
  args: { settings: Settings; place: Place; lake: Lake },
  opts: pulumi.CustomResourceOptions,
) => {
  const { settings, place, lake } = args;
  const workgroup = new athena.Workgroup(
    `${name}-workgroup`,
    {
      description: `Questions to the flow logs of ${name}`,
      forceDestroy: settings.forceDestroy,
      configuration: {
        // Otherwise a client could choose an unencrypted location for results, and no limit.
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: settings.bytesScannedCutoffPerQuery,
        resultConfiguration: {
          outputLocation: pulumi.interpolate`s3://${lake.bucketName}/${PREFIX.results}`,
          expectedBucketOwner: place.accountId,
          encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: lake.keyArn },
        },
      },
    },
    // AWS deletes a workgroup with a history of queries only if `forceDestroy` is set.
    { ...opts, retainOnDelete: !settings.forceDestroy },
  );
  const saved = savedQueries(tableOf(settings.layout)).filter(
    (query) => missingFields(query, settings.layout).length === 0,
  );
  const queries = saved.map(
    (query) =>
      new athena.NamedQuery(
        `${name}-query-${query.name}`,
        {
          name: query.name,
          description: `${query.title}. ${query.question}`,
          database: lake.database.name,
          workgroup: workgroup.name,
          query: sqlOf(settings, query, ({ text }) => text),
        },
        opts,
      ),
  );
  for (const query of saved) {
    const { name: queryName, question, prepared } = query;
    new athena.PreparedStatement(
      `${name}-prepared-${queryName}`,
      {
        // A prepared statement's name has no hyphens (Athena API).
        name: queryName.replaceAll("-", "_"),
        description: `${question} Parameters: ${prepared.parameters.join(", ") || "none"}`,
        workgroup: workgroup.name,
        queryStatement: sqlOf(settings, query, (each) => each.prepared.text),
      },
      opts,
    );
  }
  createViews(name, { settings, lake }, opts);
  return { workgroup, queries, consoleLink: consoleLink(place, "savedQueries", workgroup.name) };
};
