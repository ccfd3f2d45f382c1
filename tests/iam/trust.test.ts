import assert from "node:assert/strict";
import { CALLS } from "./calls";
import { ANONYMOUS, accountOf, allows, type Call, type Document, OURS, STRANGER } from "./evaluator";
import { forEverybody, unnoticed, withoutACondition, withoutAValue } from "./mutations";
import { EVERY_RIGHT, PRODUCERS, REGIONS, WORLDS, type World } from "./world";

/** Changes of an ARN to another component, region or account. */
const NAME: [RegExp, string] = [/flows-/, "edge-"];
const REGION: [RegExp, string] = [/:[a-z]+-[a-z]+-1:/, ":ap-south-1:"];
const ACCOUNT: [RegExp, string] = [/:\d{12}:/, `:${STRANGER}:`];

interface Trusted {
  service: string;
  /** The resource in `aws:SourceArn` that it assumes the role for. */
  sources: string[];
  /** The part of the ARN that tells sources of a service apart. */
  beside: [RegExp, string][];
}

const LOG_GROUP = "log-group:/vpc/flow-logs:*";
const TRUSTED: Record<string, Trusted> = {
  "flows-stream": {
    service: "firehose",
    // Current resources, and those of another ingestion or format that exist until an update ends.
    sources: [
      "{stream}",
      "{other-stream?}",
      ...["stream-0123abc", "stream-f81fdf20-0123abc", "envelope-stream-0123abc"].map(
        (old) => `arn:aws:firehose:us-east-1:${OURS}:deliverystream/flows-${old}`,
      ),
    ],
    beside: [NAME, REGION, ACCOUNT],
  },
  "flows-etl": { service: "lambda", sources: ["{flows-etl}"], beside: [NAME, REGION, ACCOUNT] },
  "flows-flow-logs": {
    service: "vpc-flow-logs",
    // EC2 numbers flow logs, so their ARNs do not say whose they are.
    sources: [`arn:aws:ec2:us-east-1:${OURS}:vpc-flow-log/fl-0123456789abcdef0`],
    beside: [REGION, ACCOUNT],
  },
  "flows-detect": { service: "states", sources: ["{flows-detection}"], beside: [NAME, REGION, ACCOUNT] },
  "flows-schedule": {
    service: "scheduler",
    sources: ["{flows-detections}"],
    beside: [NAME, REGION, ACCOUNT],
  },
  "flows-subscribe": {
    service: "logs",
    sources: ["{flows-flow-logs?}:*", `arn:aws:logs:us-east-1:${OURS}:${LOG_GROUP}`],
    beside: [REGION, ACCOUNT],
  },
  "flows-producers": {
    service: "logs",
    sources: REGIONS.flatMap((region) =>
      [OURS, ...PRODUCERS].map((account) => `arn:aws:logs:${region}:${account}:${LOG_GROUP}`),
    ),
    beside: [REGION, ACCOUNT],
  },
};
const SERVICES = ["ec2", "events", "firehose", "glue", "lambda", "logs", "s3", "vpc-flow-logs"];
const ADMINS = [OURS, STRANGER].map((account) => `arn:aws:iam::${account}:role/admin`);

/** A caller that is a role has every IAM permission. */
const mayAssume = (call: Call, resource: Document) =>
  allows(call, { identity: call.principal.startsWith("arn:") ? EVERY_RIGHT : undefined, resource });
const mayNotAssume = async (call: Call, trust: Document) => !(await mayAssume(call, trust));

for (const { way, title, open } of WORLDS) {
  describe(`trust, with ${title}`, () => {
    let world: World;

    before(async () => {
      world = await open();
    });

    for (const [who, { service, sources, beside }] of Object.entries(TRUSTED)) {
      if (!(who in CALLS[way])) continue;

      const assumption = (
        principal: string,
        source?: string,
        account = source && accountOf(source),
      ): Call => ({
        principal,
        action: "sts:AssumeRole",
        resource: world.principalOf(who),
        context: source && account ? { "aws:SourceArn": source, "aws:SourceAccount": account } : {},
      });
      const own = `${service}.amazonaws.com`;
      const needed = () => sources.flatMap(world.arnsOf).map((source) => assumption(own, source));
      const forbidden = () =>
        sources.flatMap(world.arnsOf).flatMap((source) => {
          const others = beside.map(([pattern, other]) => source.replace(pattern, other));
          const strangers = SERVICES.filter((name) => name !== service).map(
            (name) => `${name}.amazonaws.com`,
          );
          return [
            assumption(own),
            assumption(own, source, STRANGER),
            ...others.flatMap((other) => [assumption(own, other), assumption(own, other, accountOf(source))]),
            ...[...strangers, ...ADMINS, ANONYMOUS].map((principal) => assumption(principal, source)),
          ];
        });
      const answered = async (calls: Call[], answer: boolean) => {
        const found: Call[] = [];
        for (const call of calls) if ((await mayAssume(call, world.trusts[who])) === answer) found.push(call);
        return found;
      };

      it(`lets ${service} assume ${who} for each of its sources`, async () => {
        assert.deepEqual(await answered(needed(), false), []);
      });

      it(`lets nobody else assume ${who}, nor ${service} for another source`, async () => {
        assert.deepEqual(await answered(forbidden(), true), []);
      });

      it(`would deny a source without any value of ${who}'s trust, and allow a stranger without a condition`, async () => {
        const trust = world.trusts[who];
        assert.deepEqual(await unnoticed(withoutAValue(trust), needed(), mayAssume), []);
        const more = [...withoutACondition(trust), ...forEverybody(trust)];
        assert.deepEqual(await unnoticed(more, forbidden(), mayNotAssume), []);
      });
    }
  });
}
