import type { Place } from "../iam";
import { inRegion } from "../topics";
import type { Settings } from ".";

/** Returns the settings with checks of the resources that must be in the stack's region, which is an output. */
export const placed = (settings: Settings, place: Place): Settings => {
  const { storage, detections } = settings;
  const topic = (arn: Settings["alarmTopic"], path: string) =>
    inRegion(place, arn, path, "the ARN of a topic");
  const key = <T extends Settings["storage"]["existingKey"]>(arn: T, path: string) =>
    inRegion(place, arn, path, "the ARN of a key");
  return {
    ...settings,
    storage: {
      ...storage,
      existingKey: key(storage.existingKey, "existingKey"),
      previousKeys: storage.previousKeys.map((arn, n) => key(arn, `previousKeys[${n}]`)),
    },
    alarmTopic: topic(settings.alarmTopic, "alarmTopic"),
    detections: { ...detections, topic: topic(detections.topic, "detections.topic") },
  };
};
