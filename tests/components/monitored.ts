import { MockMonitor, type MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";
import { disconnect, setMockOptions } from "@pulumi/pulumi/runtime/settings";
import { runInPulumiStack } from "@pulumi/pulumi/runtime/stack";
import { Ingestion } from "../../components/arguments";
import { placeOf } from "../../components/iam";
import { createMonitor } from "../../components/monitor";
import { LocalProvider } from "../../local/program/provider";
import { child } from "./graph";

/** The resources to watch, by their physical names. */
export const WATCHED = {
  logGroups: [
    { key: "f1", name: "flows-flow-logs-1a2b", filterName: "flows-subscription-1a2b", isWritten: true },
  ],
  functionName: "flows-etl-1a2b",
  functionLogs: "flows-etl-logs-1a2b",
  functionTimeout: 60,
  streams: [{ key: "stream", name: "flows-stream-1a2b", isWritten: true }],
  streamLogs: "flows-stream-logs-1a2b",
  bucketName: "flows-lake-1a2b",
  workgroupName: "flows-workgroup-1a2b",
};

/** The resources that run detections, one of them every hour. */
export const DETECTIONS = {
  machineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:flows-detection-1a2b",
  scheduleGroup: "flows-detections-1a2b",
  queueName: "flows-detections-unstarted-1a2b",
  everyHours: 1,
};

const SETTINGS = {
  ingestion: Ingestion.LAMBDA as Ingestion,
  bufferingInterval: 300,
  alarmSilenceInMinutes: 60,
};

interface Change {
  settings?: object;
  watched?: object;
  region?: string;
  stack?: string;
}

/** Returns the resources that the monitor declares, in order. With DIRECT no log group is read. */
export const monitored = async ({ settings, watched, region, stack }: Change = {}) => {
  const provider = new LocalProvider(region ?? "us-east-1");
  const resources: Pick<MockResourceArgs, "type" | "name" | "inputs">[] = [];
  const mocks = {
    call: provider.call.bind(provider),
    newResource: (args: MockResourceArgs) => {
      if (args.custom) resources.push(args);
      return args.custom ? provider.newResource(args) : { id: undefined, state: {} };
    },
  };
  setMockOptions(new MockMonitor(mocks), "acme.network", stack ?? "dev");
  await runInPulumiStack(async () => {
    const all = { ...SETTINGS, ...settings };
    const read = all.ingestion === Ingestion.DIRECT ? { logGroups: [] } : {};
    const args = { settings: all, place: placeOf({}), watched: { ...WATCHED, ...read, ...watched } };
    createMonitor("flows", args, {});
  });
  await disconnect();
  return { resources };
};

export type Monitored = Awaited<ReturnType<typeof monitored>>;

export const alarmsOf = ({ resources }: Monitored) =>
  resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");

/** The alarms' names, without what all begin with. */
export const namesOf = (monitor: Monitored) =>
  alarmsOf(monitor).map(({ name }) => name.replace("flows-alarm-", ""));

export const alarm = (monitor: Monitored, what: string) => child(monitor, `flows-alarm-${what}`).inputs;

interface Widget {
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  // biome-ignore lint/suspicious/noExplicitAny: properties have the shape of each widget type
  properties: any;
}

export const widgetsOf = (monitor: Monitored): Widget[] =>
  JSON.parse(child(monitor, "flows-dashboard").inputs.dashboardBody).widgets;

export const graphsOf = (monitor: Monitored): Widget[] =>
  widgetsOf(monitor).filter(({ type }) => type === "metric");
