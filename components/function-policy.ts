import type * as pulumi from "@pulumi/pulumi";
import type { Place } from "./iam";
import { mostOf } from "./quotas";
import { checkedBeside, refuse } from "./settings/later";

/** A statement of the function's resource policy. */
export interface Permitted {
  /** Id of the statement. */
  sid: string;
  functionArn: string;
  accountId: string;
  sourceArn: string;
}

/** Returns the bytes of a function's resource policy with these permissions. */
export const policyBytes = (permissions: readonly Permitted[]): number => {
  const statements = permissions.map(({ sid, functionArn, accountId, sourceArn }) => ({
    Sid: sid,
    Effect: "Allow",
    Principal: { Service: "logs.amazonaws.com" },
    Action: "lambda:InvokeFunction",
    Resource: functionArn,
    Condition: {
      StringEquals: { "AWS:SourceAccount": accountId },
      ArnLike: { "AWS:SourceArn": sourceArn },
    },
  }));
  return Buffer.byteLength(JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: statements }));
};

export const POLICY_BYTES = mostOf("aws:lambda/permission:Permission", "sourceArn", "statements together");

interface Group {
  /** Logical name of its permission, to which Pulumi adds a hyphen and seven characters. */
  permission: string;
  name: pulumi.Input<string>;
}

/**
 * Refuses existing log groups that the function's policy has no room for: each needs a statement of its own, since one for a
 * pattern of names would let any log group of the account invoke the function.
 * @returns the function's name, which waits for what is checked.
 */
export const withRoomFor = (
  place: Place,
  functionName: pulumi.Input<string>,
  own: Group[],
  existing: Group[],
): pulumi.Input<string> => {
  if (existing.length === 0) return functionName;
  const groups = [...own, ...existing];
  const others = [place.partition, place.region, place.accountId, ...groups.map(({ name }) => name)];
  return checkedBeside(functionName, others, (fn, [partition, region, accountId = "", ...names]) => {
    const arn = (service: string, rest: string) =>
      `arn:${partition}:${service}:${region}:${accountId}:${rest}`;
    const permissions = groups.map(({ permission }, n) => ({
      sid: `${permission}-1234567`,
      functionArn: arn("lambda", `function:${fn}`),
      accountId,
      sourceArn: arn("logs", `log-group:${names[n]}:*`),
    }));
    const fits = (count: number) => policyBytes(permissions.slice(0, own.length + count)) <= POLICY_BYTES;
    const room = existing.findLastIndex((_, n) => fits(n + 1)) + 1;
    if (room < existing.length)
      refuse(
        "existingLogGroups",
        `must be at most ${room} groups with names as long as these, since the function's policy has ${POLICY_BYTES} bytes, or go with ingestion SUBSCRIPTION, which needs no such policy; got ${existing.length}`,
      );
  });
};
