/** Paths at which producers put a line into JSON, with the producers. The first path that exists counts. */
export const MEMBERS: { path: string[]; writers: string }[] = [
  { path: ["message"], writers: "Data Firehose, CloudWatch Logs, Logstash, Filebeat, Vector, Datadog" },
  { path: ["@message"], writers: "CloudWatch Logs Insights" },
  { path: ["log"], writers: "Docker, Fluent Bit, Fluentd" },
  { path: ["line"], writers: "Grafana Loki (logcli)" },
  { path: ["_raw"], writers: "Splunk, Cribl" },
  { path: ["result", "_raw"], writers: "Splunk's export" },
  { path: ["event"], writers: "Splunk's HTTP event collector" },
  { path: ["event", "original"], writers: "Elastic Common Schema" },
  { path: ["_source", "message"], writers: "Elasticsearch and OpenSearch" },
  { path: ["body"], writers: "OpenTelemetry" },
  { path: ["body", "stringValue"], writers: "OpenTelemetry (OTLP)" },
  { path: ["MESSAGE"], writers: "journald" },
  { path: ["short_message"], writers: "Graylog (GELF)" },
  { path: ["textPayload"], writers: "Google Cloud Logging" },
  { path: ["unparsed"], writers: "flowlogs itself" },
];

/** The paths in one text, which Pulumi serializes in far fewer bytes than lists. */
export const PATHS = MEMBERS.map(({ path }) => path.join(".")).join(" ");

/**
 * Makes a function that returns the texts of an object at the given paths ({@link PATHS}). The caller takes a text
 * for a line only if it fits the format.
 */
export const makeMembers = (text: string) => {
  const paths = text.split(" ").map((path) => path.split("."));

  const at = (value: unknown, path: string[]): unknown =>
    path.reduce((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], value);

  return (value: unknown): string[] => {
    const texts: string[] = [];
    for (const path of paths) {
      const text = at(value, path);
      // The line's end is not part of the line.
      if (typeof text === "string") texts.push(text.replace(/\r?\n?$/, ""));
    }
    return texts;
  };
};
