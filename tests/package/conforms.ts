/** A type in Pulumi's schema, as far as arguments use it. */
interface TypeSpec {
  type?: string;
  $ref?: string;
  items?: TypeSpec;
  additionalProperties?: TypeSpec;
  plain?: boolean;
}

interface Types {
  [token: string]: {
    enum?: { value: unknown }[];
    properties?: Record<string, TypeSpec>;
    required?: string[];
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Finds properties of an object that are unknown, missing, or of another type. */
export const objectProblems = (
  value: unknown,
  properties: Record<string, TypeSpec>,
  required: readonly string[],
  types: Types,
  path: string,
): string[] => {
  if (!isObject(value)) return [`${path} must be an object`];
  const missing = required.filter((key) => !(key in value)).map((key) => `${path}.${key} is missing`);
  const wrong = Object.entries(value).flatMap(([key, inner]) =>
    properties[key] === undefined
      ? [`${path}.${key} is not known`]
      : problems(inner, properties[key], types, `${path}.${key}`),
  );
  return [...missing, ...wrong];
};

const referred = (value: unknown, reference: string, types: Types, path: string): string[] => {
  const { properties, required, enum: values } = types[reference.replace("#/types/", "")];
  if (properties) return objectProblems(value, properties, required ?? [], types, path);
  return values?.some((one) => one.value === value) ? [] : [`${path} must be one of its enum's values`];
};

const problems = (value: unknown, spec: TypeSpec, types: Types, path: string): string[] => {
  // An expression's type is known only when the program runs. A plain property accepts no expression.
  if (typeof value === "string" && value.startsWith("${")) return spec.plain ? [`${path} must be plain`] : [];
  if (spec.$ref) return referred(value, spec.$ref, types, path);
  const { items, additionalProperties: values } = spec;
  if (items) {
    if (!Array.isArray(value)) return [`${path} must be a list`];
    return value.flatMap((item, n) => problems(item, items, types, `${path}[${n}]`));
  }
  if (values) {
    if (!isObject(value)) return [`${path} must be an object`];
    return Object.entries(value).flatMap(([key, inner]) => problems(inner, values, types, `${path}.${key}`));
  }
  return typeof value === spec.type ? [] : [`${path} must be a ${spec.type}`];
};
