import assert from "node:assert/strict";
import { Ingestion } from "../../components/arguments";
import { alarm, alarmsOf, DETECTIONS, type Monitored, monitored, WATCHED } from "./monitored";

const WAYS = Object.values(Ingestion);

describe("the description of an alarm", () => {
  const monitors = new Map<Ingestion, Monitored>();
  const every = () => [...monitors.values()].flatMap(alarmsOf);
  const says = (ingestion: Ingestion, what: string): string =>
    alarm(monitors.get(ingestion) ?? assert.fail(), what).alarmDescription;

  before(async () => {
    for (const ingestion of WAYS) {
      const watched = { detections: DETECTIONS };
      monitors.set(ingestion, await monitored({ settings: { ingestion }, watched }));
    }
  });

  it("says in one sentence what happened, where the data goes and what to do", () => {
    for (const { name, inputs } of every()) {
      const [sentence] = inputs.alarmDescription.split("\n");
      assert.match(sentence, /^[A-Z][^:;]+: [^:;]+; [^:;]+\.$/, name);
      assert.match(sentence, /late|lost|missing/, name);
    }
  });

  it("is different for each alarm of a stack", () => {
    for (const monitor of monitors.values()) {
      const all = alarmsOf(monitor).map(({ inputs }) => inputs.alarmDescription);
      assert.equal(new Set(all).size, all.length);
    }
  });

  it("says where lines are kept after the function failed, for each kind of caller", () => {
    assert.ok(says(Ingestion.LAMBDA, "etl-errors").includes("under aws/lambda/async/;"));
    for (const way of [Ingestion.SUBSCRIPTION, Ingestion.DIRECT])
      assert.ok(says(way, "etl-errors").includes("under errors/processing-failed/;"));
  });

  it("names what the alarm watches, and where its data is", () => {
    const { logGroups, functionName, streams, bucketName } = WATCHED;
    for (const { name, inputs } of every()) {
      const named = inputs.alarmDescription.split("\n");
      const [, about] =
        /-alarm-(logs|etl|stream|detections-unstarted|detections)/.exec(name) ?? assert.fail(name);
      const watched: Record<string, string> = {
        logs: `Log group: ${logGroups[0].name}`,
        etl: `Function: ${functionName}`,
        stream: `Stream: ${streams[0].name}`,
        detections: `State machine: ${DETECTIONS.machineArn}`,
        "detections-unstarted": `Queue: ${DETECTIONS.queueName}`,
      };
      assert.ok(named.includes(watched[about]), inputs.alarmDescription);
      if (/in the bucket|write to the bucket/.test(named[0]))
        assert.ok(named.includes(`Bucket: ${bucketName}`), inputs.alarmDescription);
      if (/in (?:the|their) log group until/.test(named[0]))
        assert.ok(named.includes(watched.logs), inputs.alarmDescription);
      if (/\bqueue\b/.test(named[0])) assert.ok(named.includes(watched["detections-unstarted"]), name);
      if (/\bschedules\b/.test(named[0]))
        assert.ok(named.includes(`Schedule group: ${DETECTIONS.scheduleGroup}`), name);
      if (/wait in the stream/.test(named[0]))
        assert.ok(named.includes(watched.stream), inputs.alarmDescription);
    }
  });

  it("fits into the 1,024 characters of CloudWatch's API, whatever the names, and keeps its own log group's", async () => {
    const longest = (characters: number) => "a/".repeat(characters).slice(0, characters);
    const logGroups = ["f1", "existing-a", "existing-b"].map((key) => ({
      ...{ key, name: longest(512), filterName: longest(512), isWritten: true },
    }));
    const watched = {
      ...{ functionName: longest(64), functionLogs: longest(512), streamLogs: longest(512) },
      ...{ streams: [{ key: "stream", name: longest(64), isWritten: true }], bucketName: longest(63) },
    };
    const detections = {
      machineArn: `arn:aws-us-gov:states:us-gov-west-1:123456789012:stateMachine:${longest(80)}`,
      ...{ scheduleGroup: longest(64), queueName: longest(80), everyHours: 24 },
    };
    for (const ingestion of WAYS) {
      const read = ingestion === Ingestion.DIRECT ? [] : logGroups;
      const settings = { ingestion, alarmSilenceInMinutes: 10_080 };
      for (const { name, inputs } of alarmsOf(
        await monitored({ settings, watched: { ...watched, logGroups: read, detections } }),
      )) {
        const lines = inputs.alarmDescription.split("\n");
        assert.ok(inputs.alarmDescription.length <= 1024, name);
        assert.match(lines[1], /^What to do: https:\/\/\S+\/docs\/alarms\.md#/);
        if (name.includes("-detections-")) {
          const about = name.endsWith("unstarted") ? `Queue: ${longest(80)}` : detections.machineArn;
          assert.ok(inputs.alarmDescription.includes(about), name);
        }
        if (name.includes("-logs-")) assert.ok(lines.includes(`Log group: ${longest(512)}`), name);
      }
    }
  });

  for (const [region, host] of [
    ["us-east-1", "console.aws.amazon.com"],
    ["cn-north-1", "console.amazonaws.cn"],
    ["us-gov-west-1", "console.amazonaws-us-gov.com"],
    ["eusc-de-east-1", "console.amazonaws-eusc.eu"],
  ]) {
    it(`links to the console pages of its resources, in ${region} at ${host}`, async () => {
      const at = `https://${region}.${host}/`;
      const monitor = await monitored({ region, watched: { detections: DETECTIONS } });
      for (const { name, inputs } of alarmsOf(monitor)) {
        const links = inputs.alarmDescription.split("\n").filter((line: string) => line.startsWith("https:"));
        assert.ok(links.length > 0, name);
        for (const link of links) assert.ok(link.startsWith(at), link);
      }
      const links = alarm(monitor, "etl-errors").alarmDescription.split("\n").slice(-3);
      assert.deepEqual(links, [
        `${at}lambda/home?region=${region}#/functions/flows-etl-1a2b?tab=monitoring`,
        `${at}cloudwatch/home?region=${region}#logsV2:log-groups/log-group/flows-etl-logs-1a2b`,
        `${at}s3/buckets/flows-lake-1a2b?region=${region}`,
      ]);
      assert.equal(
        alarm(monitor, "stream-freshness").alarmDescription.split("\n").at(-3),
        `${at}firehose/home?region=${region}#/details/flows-stream-1a2b/monitoring`,
      );
      assert.deepEqual(alarm(monitor, "detections-dropped").alarmDescription.split("\n").slice(-3), [
        `${at}scheduler/home?region=${region}#schedules`,
        `${at}states/home?region=${region}#/statemachines/view/${DETECTIONS.machineArn}`,
        `${at}sqs/v3/home?region=${region}#/queues`,
      ]);
    });
  }

  it("writes a log group's name into a link as the console does", async () => {
    const logGroups = [{ key: "f1", name: "/vpc/flow#logs", filterName: "all", isWritten: true }];
    const link = alarm(await monitored({ watched: { logGroups } }), "logs-f1-silence").alarmDescription;
    assert.match(link, /log-group\/\$252Fvpc\$252Fflow\$2523logs$/);
  });
});
