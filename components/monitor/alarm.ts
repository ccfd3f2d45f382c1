import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { consoleLink } from "../console";
import type { Place } from "../iam";
import type { Rule } from "./rules";
import type { Concerned } from "./watched";

/** An alarm: its metric, its threshold and its text. */
export interface Alarm {
  /** Ends the resource's name: `stream-freshness`. */
  what: string;
  /** The alarm's heading in docs/alarms.md. */
  section: string;
  rule: Rule;
  /** The event, the place of the data and the remedy: `It failed: rows are late; look there.` */
  says: string;
  concerned: Concerned[];
}

/** The page with a section for each alarm. */
const PAGE = "https://github.com/flow-log-analytics/flow-log-analytics/blob/main/docs/alarms.md";

/** The most that a description has (CloudWatch API). */
const LONGEST_DESCRIPTION = 1024;

/**
 * Joins the first part and as many of the others as fit. A log group's name alone may have 512 characters.
 */
const fitting = (first: string, others: string[], room: number) =>
  others.reduce((text, other) => (text.length + other.length < room ? `${text}\n${other}` : text), first);

/** Returns the description of an alarm: the event first, then names, then links. */
const description = (place: Place, { says, section, concerned }: Alarm): pulumi.Output<string> => {
  const known = concerned.map(({ what, page, name }) =>
    pulumi.all({ what, name, link: consoleLink(place, page, name) }),
  );
  return pulumi.all(known).apply((all) => {
    const [names, links] = [all.map(({ what, name }) => `${what}: ${name}`), all.map(({ link }) => link)];
    const help = `What to do: ${PAGE}#${section}`;
    return fitting(`${says}\n${help}`, [...names, ...links], LONGEST_DESCRIPTION);
  });
};

/** Declares an alarm. It publishes to the topic, if there is one, when it begins and when it ends. */
export const createAlarm = (
  name: string,
  args: { alarm: Alarm; place: Place; topic?: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): cloudwatch.MetricAlarm => {
  const { alarm, place, topic } = args;
  const actions = topic === undefined ? [] : [topic];
  return new cloudwatch.MetricAlarm(
    `${name}-alarm-${alarm.what}`,
    {
      ...alarm.rule,
      alarmDescription: description(place, alarm),
      alarmActions: actions,
      okActions: actions,
    },
    opts,
  );
};
