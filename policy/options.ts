import type { Policy } from "@pulumi/policy";
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";

// Options that a pack's configuration may set for a rule beside its enforcement level.

export type Options = Record<string, PolicyConfigJSONSchema>;

interface Configured {
  getConfig<T extends object>(): T;
}

interface Judged extends Configured {
  name: string;
  urn: string;
}

/** Option of every rule: resources to exempt. Spread it into `configSchema.properties`. */
export const EXEMPT_SCHEMA: Record<"exempt", PolicyConfigJSONSchema> = {
  exempt: {
    type: "array",
    items: { type: "string", minLength: 1, maxLength: 2048 },
    maxItems: 1000,
    uniqueItems: true,
    description: "Names or URNs of resources that the rule leaves alone; * stands for any characters.",
  },
};

/** True if the configuration names the resource, by its name or its URN. */
export function isExempt(args: Judged): boolean {
  const { exempt } = args.getConfig<{ exempt?: string[] }>();
  return (exempt ?? []).some((pattern) => [args.name, args.urn].some((text) => matches(pattern, text)));
}

/** Returns the defaults in the schema. Pulumi's engine fills them in; tests that call a rule do not. */
const defaultsOf = (options: Options): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(options).flatMap(([name, schema]) =>
      schema.default === undefined ? [] : [[name, schema.default]],
    ),
  );

/** Returns the configured options, with the schema's defaults for the others. */
export const optionsOf = <T extends object>(args: Configured, options: Options): T =>
  ({ ...defaultsOf(options), ...args.getConfig<T>() }) as T;

/** Returns a rule's options by name; those of every rule come first. */
export const optionSchemas = ({ configSchema }: Policy): Options => configSchema?.properties ?? {};

/** Matches a pattern with stars. A regular expression could take exponential time for many stars. */
function matches(pattern: string, text: string): boolean {
  const [first, ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
