import * as pulumi from "@pulumi/pulumi";

/** A mistake in an argument. */
export interface Problem {
  propertyPath: string;
  reason: string;
}

/** The value with what is known later left out, which JSON cannot show. */
const known = (value: unknown): unknown => {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return "<known later>";
  if (Array.isArray(value)) return value.map(known);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, known(inner)]));
};

/** A value as a message shows it. */
export const show = (value: unknown) =>
  typeof value === "number" || typeof value === "bigint"
    ? String(value)
    : (JSON.stringify(known(value)) ?? String(value));

/** Pulumi shows an InputPropertiesError's message but not its reasons, so the message has them too. */
export const argumentsError = (name: string, reasons: Problem[]) => {
  const width = Math.max(...reasons.map((r) => r.propertyPath.length));
  const count = reasons.length === 1 ? "1 argument needs" : `${reasons.length} arguments need`;
  const lines = reasons.map((r) => `  ${r.propertyPath.padEnd(width)}  ${r.reason}`);
  return new pulumi.InputPropertiesError({
    message: [`FlowLogAnalytics ${show(name)}: ${count} attention`, ...lines].join("\n"),
    errors: reasons,
  });
};
