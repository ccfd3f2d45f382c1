/** Figures of one invocation, by the names that their metrics have. */
export type MetricValues = Record<string, number>;

/**
 * Makes a function that logs the figures of an invocation in CloudWatch's embedded metric format. CloudWatch makes
 * metrics of that line, without an API call or a permission of the function.
 */
export const makeMetrics = () => {
  const { now } = Date;
  const { stdout, env } = process;
  const { stringify } = JSON;
  const unitOf = (name: string) =>
    name.endsWith("Bytes") ? "Bytes" : name.endsWith("Milliseconds") ? "Milliseconds" : "Count";
  /** CloudWatch's description of the figures. It is the same for every invocation, so it is written once. */
  let metrics = "";
  const metricsOf = (figures: MetricValues) => {
    const Metrics = Object.keys(figures).map((Name) => ({ Name, Unit: unitOf(Name) }));
    return stringify([{ Namespace: "FlowLogAnalytics", Dimensions: [["FunctionName"]], Metrics }]);
  };

  // Writes to stdout directly: Lambda's `console` would wrap the JSON into another object, where CloudWatch does not
  // find it.
  return (figures: MetricValues, more: Record<string, string> = {}) => {
    metrics ||= metricsOf(figures);
    const metadata = `{"_aws":{"Timestamp":${now()},"CloudWatchMetrics":${metrics}}`;
    const values = stringify({ FunctionName: env.AWS_LAMBDA_FUNCTION_NAME, ...figures, ...more });
    stdout.write(`${metadata},${values.slice(1)}\n`);
  };
};
