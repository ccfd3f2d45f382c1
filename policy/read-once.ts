// @pulumi/policy converts a resource's properties from protobuf once for each rule. With 60 rules and 500 resources that
// takes longer than all rules together. Rules only read what they are given, so one conversion serves all of them.

/** The module of @pulumi/policy that converts properties. Its server calls it through these exports. */
interface Conversions {
  deserializeProperties(properties: object, keepsSecrets: boolean): object;
}

/** Makes @pulumi/policy convert the properties of a resource once. Remediations change theirs, so each gets its own. */
export function readOnce(conversions: Conversions = require("@pulumi/policy/deserialize")): void {
  const { deserializeProperties: convert } = conversions;
  const converted = new WeakMap<object, object>();
  conversions.deserializeProperties = (properties, keepsSecrets) => {
    if (keepsSecrets) return convert(properties, keepsSecrets);
    const known = converted.get(properties) ?? convert(properties, keepsSecrets);
    converted.set(properties, known);
    return known;
  };
}
