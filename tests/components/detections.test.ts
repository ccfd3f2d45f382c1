import assert from "node:assert/strict";
import type { DetectionsArgs, SavedQueryName } from "../../components";
import { savedQueries, tableOf } from "../../queries";
import { SCHEDULED_TIME } from "../../queries/scheduled";
import { layoutOfColumns } from "../../schema/layout";
import { type Child, componentGraph } from "./component";
import { listOf, statementsOf } from "./documents";
import { child } from "./graph";
import { errorOf, GOOD, VPCS } from "./settings";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:security";
const QUERIES: SavedQueryName[] = ["rejected-by-port", "top-talkers"];

interface State {
  Type: string;
  Resource?: string;
  Retry?: { ErrorEquals: string[]; MaxAttempts: number }[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
  TimeoutSeconds?: number;
  [more: string]: unknown;
}

describe("scheduled detections", () => {
  let resources: Child[];
  let quiet: Child[];
  const graphOf = async (detections: Partial<DetectionsArgs>) =>
    (await componentGraph({ vpcs: VPCS, detections: { queries: QUERIES, ...detections } })).resources;
  const definitionOf = (
    graph: Child[],
  ): { StartAt: string; TimeoutSeconds: number; States: Record<string, State> } =>
    JSON.parse(child({ resources: graph }, "flows-detection").inputs.definition);

  before(async () => {
    resources = await graphOf({ everyHours: 6, topic: TOPIC });
    quiet = await graphOf({});
  });

  it("do not exist unless they are configured", async () => {
    const { resources: without } = await componentGraph({ vpcs: VPCS });
    assert.deepEqual(
      without.filter(({ type }) => /:(sfn|scheduler|sqs)\//.test(type)),
      [],
    );
  });

  it("start the machine with their name, their SQL, and the scheduled time for Scheduler to fill in", () => {
    const columns: { name: string }[] = child({ resources }, "flows-table").inputs.storageDescriptor.columns;
    const table = tableOf(layoutOfColumns(columns.map(({ name }) => name)));
    for (const name of QUERIES) {
      const { inputs } = child({ resources }, `flows-detection-${name}`);
      assert.equal(inputs.kmsKeyArn, child({ resources }, "flows-key").state.arn);
      const query = savedQueries(table).find((each) => each.name === name);
      const sql = query?.scheduled(6) ?? assert.fail();
      const expected = { detection: name, scheduled: SCHEDULED_TIME, sql };
      assert.deepEqual(JSON.parse(inputs.target.input), expected);
      assert.ok(sql.includes(SCHEDULED_TIME));
    }
  });

  it("run every saved query by the scheduled time alone, within the limits of an input and a statement", () => {
    for (const query of savedQueries()) {
      const sql = query.scheduled(1);
      assert.ok(sql.includes(SCHEDULED_TIME), query.name);
      assert.doesNotMatch(sql, /\bnow\(\)|current_|(?<![:\w]):[a-z]/, query.name);
      // Athena and Scheduler both accept 262,144 bytes, of SQL and of an input.
      assert.ok(Buffer.byteLength(JSON.stringify({ sql })) < 100_000, query.name);
      // The rest of the UNLOAD would become a comment.
      assert.doesNotMatch(sql.split("\n").at(-1) as string, /--/, query.name);
    }
  });

  for (const [everyHours, hours] of Object.entries({
    1: "*",
    5: "0,5,10,15,20",
    6: "0,6,12,18",
    7: "0,7,14,21",
    13: "0,13",
    24: "0",
  }))
    it(`run a quarter past the hour, every ${everyHours} hours from hour 0 on`, async () => {
      const graph = await graphOf({ everyHours: Number(everyHours) });
      const { inputs } = child({ resources: graph }, "flows-detection-top-talkers");
      assert.equal(inputs.scheduleExpression, `cron(15 ${hours} * * ? *)`);
      assert.equal(inputs.flexibleTimeWindow.maximumWindowInMinutes, 15);
    });

  it("run every day if they compare with the days before, and every hour if not, unless the stack says otherwise", async () => {
    const queries: SavedQueryName[] = ["horizontal-scan", "new-talkers", "unusual-ports", "exfiltration"];
    const expressions = async (everyHours?: number) => {
      const graph = await componentGraph({
        vpcs: VPCS,
        fields: ["recommended"],
        detections: { queries, everyHours },
      });
      return queries.map((name) => child(graph, `flows-detection-${name}`).inputs.scheduleExpression);
    };
    assert.deepEqual(await expressions(), ["cron(15 * * * ? *)", ...Array(3).fill("cron(15 0 * * ? *)")]);
    assert.deepEqual(await expressions(6), Array(4).fill("cron(15 0,6,12,18 * * ? *)"));
  });

  it("keep the input of a run that could not be started for 14 days, encrypted, and by HTTPS only", () => {
    const queue = child({ resources }, "flows-detections-unstarted");
    const keyArn = child({ resources }, "flows-key").state.arn;
    assert.deepEqual(
      [queue.inputs.kmsMasterKeyId, queue.inputs.messageRetentionSeconds],
      [keyArn, 1_209_600],
    );
    for (const name of QUERIES) {
      const { target } = child({ resources }, `flows-detection-${name}`).inputs;
      assert.equal(target.deadLetterConfig.arn, queue.state.arn);
    }
    const [{ Effect, Condition }] = statementsOf(
      child({ resources }, "flows-detections-unstarted-policy").inputs.policy,
    );
    assert.deepEqual([Effect, Condition], ["Deny", { Bool: { "aws:SecureTransport": "false" } }]);
  });

  it("encrypt the data of the state machine's executions with the key", () => {
    const { encryptionConfiguration } = child({ resources }, "flows-detection").inputs;
    const kmsKeyId = child({ resources }, "flows-key").state.arn;
    assert.deepEqual(encryptionConfiguration, { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId });
  });

  it("have a table whose partitions are registered, so that it has only the findings of completed runs", () => {
    const bucket = child({ resources }, "flows-lake").state.bucket;
    const { storageDescriptor, parameters, partitionKeys, name } = child(
      { resources },
      "flows-findings",
    ).inputs;
    assert.equal(storageDescriptor.location, `s3://${bucket}/findings/`);
    assert.deepEqual(parameters, { EXTERNAL: "TRUE" });
    assert.deepEqual(
      partitionKeys.map((key: { name: string }) => key.name),
      ["detection", "run"],
    );
    assert.ok(name > "flow_logs");
  });

  for (const [what, graph] of [
    ["with a topic", () => resources],
    ["without a topic", () => quiet],
  ] as const) {
    it(`have states that are all reachable and lead to another or end, ${what}`, () => {
      const { StartAt, States } = definitionOf(graph());
      const nexts = (state: object): string[] =>
        Object.entries(state).flatMap(([key, value]) =>
          key === "Next" || key === "Default"
            ? [String(value)]
            : Array.isArray(value)
              ? value.flatMap((each) => (typeof each === "object" ? nexts(each) : []))
              : [],
        );
      const reached = new Set<string>([StartAt]);
      for (const name of reached) for (const next of nexts(States[name])) reached.add(next);
      assert.deepEqual([...reached].sort(), Object.keys(States).sort());
      for (const [name, state] of Object.entries(States))
        assert.ok(nexts(state).length > 0 || /^(Succeed|Fail)$/.test(state.Type), name);
    });

    it(`retry every task, and publish its failure if there is a topic, ${what}`, () => {
      const { States, TimeoutSeconds } = definitionOf(graph());
      const tasks = Object.values(States).filter(({ Type }) => Type === "Task");
      assert.ok(tasks.length >= 4);
      for (const { Resource, Retry = [], Catch = [] } of tasks) {
        assert.ok(
          Retry.some(
            ({ ErrorEquals, MaxAttempts }) => ErrorEquals[0] === "States.TaskFailed" && MaxAttempts > 0,
          ),
        );
        const isCaught = Catch.some(({ ErrorEquals }) => ErrorEquals[0] === "States.ALL");
        assert.equal(isCaught, graph() === resources, Resource);
      }
      const query = Number(States.Ask.TimeoutSeconds);
      assert.ok(query >= 1800 && TimeoutSeconds > 4 * query && TimeoutSeconds < 24 * 3600);
    });

    it(`have no line break in a text of the states, which their editors refuse, ${what}`, () => {
      const texts = (value: unknown): string[] =>
        typeof value === "string" ? [value] : Object.values(value ?? {}).flatMap(texts);
      for (const text of texts(definitionOf(graph()))) assert.doesNotMatch(text, /[\n\r]/);
    });
  }

  it("have roles with these permissions only: no wildcard in an action, and none as a whole resource", () => {
    for (const role of ["flows-detect", "flows-schedule"])
      for (const { Action, Resource } of statementsOf(child({ resources }, `${role}-policy`).inputs.policy)) {
        assert.ok(listOf(Action).every((action) => /^[a-z0-9]+:[A-Za-z0-9]+$/.test(action)));
        assert.ok(listOf(Resource).every((resource) => resource !== "*"));
      }
    const publishing = (graph: Child[]) =>
      statementsOf(child({ resources: graph }, "flows-detect-policy").inputs.policy).filter(({ Action }) =>
        listOf(Action).includes("sns:Publish"),
      );
    assert.deepEqual(
      publishing(resources).map(({ Resource }) => Resource),
      [TOPIC],
    );
    assert.deepEqual(publishing(quiet), []);
  });

  it("are refused with every mistake in them", () => {
    const { errors } = errorOf({
      ...GOOD,
      fields: ["default"],
      detections: { queries: ["top-talker", "traffic-by-subnet", "top-pairs", "top-pairs"], everyHours: 25 },
    });
    assert.deepEqual(
      errors.map(({ propertyPath, reason }) => `${propertyPath} ${reason}`),
      [
        "detections.everyHours must be 1 to 24 hours; got 25",
        'detections.queries[3] "top-pairs" is there twice; name it once',
        'detections.queries[0] there is no saved query "top-talker"; did you mean "top-talkers"?',
        "detections.queries[1] traffic-by-subnet needs vpc-id, subnet-id, which the format does not have; add it to fields",
      ],
    );
  });
});
