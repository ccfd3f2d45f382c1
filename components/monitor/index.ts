import type * as pulumi from "@pulumi/pulumi";
import type { Place } from "../iam";
import { createAlarm } from "./alarm";
import { createDashboard } from "./dashboard";
import { detectionAlarms } from "./detections";
import { functionAlarms } from "./function";
import { groupAlarms } from "./groups";
import { streamAlarms } from "./streams";
import { limitsOf, type MonitorSettings, type Watched } from "./watched";

/** Warning for a stack without `alarmTopic`. */
export const UNHEARD =
  "alarms reach nobody, since alarmTopic is not set: name an SNS topic, or look at the dashboard yourself";

/** Creates the alarms on late and lost rows and findings, and a dashboard in the order of the pipeline. */
export const createMonitor = (
  name: string,
  args: { settings: MonitorSettings; place: Place; watched: Watched },
  opts: pulumi.CustomResourceOptions,
) => {
  const { settings, place, watched } = args;
  const alarms = [
    ...groupAlarms(settings, watched),
    ...functionAlarms(settings, watched),
    ...streamAlarms(settings, watched),
    ...detectionAlarms(watched),
  ].map((alarm) => createAlarm(name, { alarm, place, topic: settings.alarmTopic }, opts));
  const { ingestion } = settings;
  const limits = limitsOf(settings, watched);
  return { alarms, dashboard: createDashboard(name, { place, watched, limits, ingestion, alarms }, opts) };
};
