import { SHARED } from "./reading/properties";

// @pulumi/policy converts a resource's properties from protobuf once for each rule. With 60 rules and 500 resources that
// takes longer than all rules together. Rules only read properties, so one conversion serves all of them.

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
    // The SDK's proxy hands out a property as it is only if that cannot be written or configured.
    const known =
      converted.get(properties) ??
      Object.defineProperty(convert(properties, keepsSecrets), SHARED, { value: {} });
    converted.set(properties, known);
    return known;
  };
}
