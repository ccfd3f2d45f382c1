import * as pulumi from "@pulumi/pulumi";
import { isLater, refusal } from "../settings/later";
import { QUOTAS } from ".";
import { excessesOf } from "./excess";

/** Properties with a limit, by type. */
const LIMITED = new Map<string, Set<string>>();
for (const { type, property } of QUOTAS) {
  const [top] = property.split(/[.[{]/);
  LIMITED.set(type, (LIMITED.get(type) ?? new Set()).add(top));
}

/**
 * Refuses every child with a text that is too long for AWS, before AWS is called: now if the text is known, otherwise once
 * it is known.
 */
export const fitting: pulumi.ResourceTransformation = ({ type, name, props, opts }) => {
  const check = (property: string) => (value: unknown) => {
    const [excess] = excessesOf(type, name, { [property]: value });
    if (excess) throw refusal(`FlowLogAnalytics: ${excess}`);
    return value;
  };
  const checked = [...(LIMITED.get(type) ?? [])].flatMap((property) => {
    const value = props[property];
    if (isLater(value)) return [[property, pulumi.output(value).apply(check(property))]];
    // Checks the known parts one by one: an output of the whole object would make all of it unknown in a preview.
    return typeof value === "string" ? [[property, check(property)(value)]] : [];
  });
  return { props: { ...props, ...Object.fromEntries(checked) }, opts };
};
