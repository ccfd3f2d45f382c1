import assert from "node:assert/strict";
import type { DetectionsArgs, SavedQueryName } from "../../components";
import { savedQueries } from "../../queries";
import { type Child, componentGraph } from "./component";
import { listOf, statementsOf } from "./documents";
import { child } from "./graph";
import { errorOf, GOOD, VPCS } from "./settings";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:security";
const QUERIES: SavedQueryName[] = ["rejected-by-port", "top-talkers"];

describe("scheduled detections", () => {
  let resources: Child[];
  let quiet: Child[];
  const graphOf = async (topic?: string) =>
    (await componentGraph({ vpcs: VPCS, detections: { queries: QUERIES, everyHours: 6, topic } })).resources;
  const statesOf = (graph: Child[]) =>
    JSON.parse(child({ resources: graph }, "flows-detection").inputs.definition);

  before(async () => {
    resources = await graphOf(TOPIC);
    quiet = await graphOf();
  });

  it("are none unless they are asked for", async () => {
    const { resources: without } = await componentGraph({ vpcs: VPCS });
    assert.deepEqual(
      without.filter(({ type }) => /:(sfn|scheduler)\//.test(type)),
      [],
    );
  });

  it("start the machine with the SQL of the hours since the last run, an hour late", () => {
    for (const name of QUERIES) {
      const { inputs } = child({ resources }, `flows-detection-${name}`);
      assert.equal(inputs.scheduleExpression, "rate(6 hours)");
      assert.equal(inputs.kmsKeyArn, child({ resources }, "flows-key").state.arn);
      const query = savedQueries().find((each) => each.name === name);
      const sql = query?.ofHours(6) ?? assert.fail();
      assert.deepEqual(JSON.parse(inputs.target.input), { detection: name, sql });
      assert.match(sql, /start >= \(to_unixtime\(now\(\)\) - 7 \* 3600\)/);
      assert.match(sql, /start < \(to_unixtime\(now\(\)\) - 3600\)/);
      assert.doesNotMatch(sql, /(?<![:\w]):[a-z]/);
    }
  });

  it("say an hour as an hour", async () => {
    const detections: DetectionsArgs = { queries: ["top-talkers"] };
    const graph = await componentGraph({ vpcs: VPCS, detections });
    assert.equal(child(graph, "flows-detection-top-talkers").inputs.scheduleExpression, "rate(1 hour)");
  });

  it("run every day if they compare with the days before, and every hour if not, unless the stack says otherwise", async () => {
    const expressions = async (everyHours?: number) => {
      const queries: SavedQueryName[] = ["horizontal-scan", "new-talkers", "unusual-ports", "exfiltration"];
      const graph = await componentGraph({
        vpcs: VPCS,
        fields: ["recommended"],
        detections: { queries, everyHours },
      });
      return queries.map((name) => child(graph, `flows-detection-${name}`).inputs.scheduleExpression);
    };
    assert.deepEqual(await expressions(), ["rate(1 hour)", ...Array(3).fill("rate(24 hours)")]);
    assert.deepEqual(await expressions(6), Array(4).fill("rate(6 hours)"));
  });

  it("write what they find below findings/, where the table reads each detection as a partition", () => {
    const { States } = statesOf(resources);
    const bucket = child({ resources }, "flows-lake").state.bucket;
    assert.equal(
      States.Ask.Parameters["QueryString.$"],
      `States.Format('UNLOAD (\n{}\n) TO \\'s3://${bucket}/findings/detection={}/run={}/\\' WITH (format = \\'JSON\\')', $.sql, $.detection, $$.Execution.Name)`,
    );
    const table = child({ resources }, "flows-findings").inputs;
    assert.equal(table.storageDescriptor.location, `s3://${bucket}/findings/`);
    assert.equal(table.parameters["projection.detection.values"], "rejected-by-port,top-talkers");
    assert.ok(table.name > "flow_logs");
  });

  it("tell the topic of what was found and of a run that failed, and nobody if there is no topic", () => {
    const { States } = statesOf(resources);
    assert.equal(States.Ask.Catch[0].Next, "TellOfFailure");
    assert.equal(States.IsAnything.Choices[0].Next, "Tell");
    for (const state of ["Tell", "TellOfFailure"]) assert.equal(States[state].Parameters.TopicArn, TOPIC);
    assert.deepEqual(Object.keys(statesOf(quiet).States), ["Ask", "Look", "IsAnything", "Nothing", "Found"]);
  });

  for (const [what, graph] of [
    ["with a topic", () => resources],
    ["without a topic", () => quiet],
  ] as const)
    it(`lead from one state to the next and to an end ${what}`, () => {
      const { StartAt, States } = statesOf(graph());
      const nexts = (state: Record<string, unknown>): string[] =>
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
      for (const [name, state] of Object.entries<Record<string, unknown>>(States))
        assert.ok(
          nexts(state).length > 0 || state.End === true || /^(Succeed|Fail)$/.test(String(state.Type)),
          name,
        );
    });

  it("have roles that may do that and nothing else: no wildcard in an action, none for a resource", () => {
    const roles = ["flows-detect", "flows-schedule"];
    for (const role of roles)
      for (const { Action, Resource } of statementsOf(child({ resources }, `${role}-policy`).inputs.policy)) {
        assert.ok(listOf(Action).every((action) => /^[a-z0-9]+:[A-Za-z0-9]+$/.test(action)));
        assert.ok(listOf(Resource).every((resource) => resource !== "*"));
      }
    const publishing = (graph: Child[]) =>
      statementsOf(child({ resources: graph }, "flows-detect-policy").inputs.policy).filter(
        ({ Sid }) => Sid === "Tell",
      );
    assert.deepEqual(
      publishing(resources).map(({ Action, Resource }) => [Action, Resource]),
      [[["sns:Publish"], TOPIC]],
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
