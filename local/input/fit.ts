import { makeLine } from "../../functions/line";
import { DEFAULT_LAYOUT, type Layout, layoutFrom } from "../../schema/layout";
import { columnPlan } from "../../schema/plan";

const rules = new Map<string, (line: string) => boolean>();

/** Returns true if a line fits a format, by the deployed function's own rule. */
export const fits = (line: string, layout: Layout): boolean => {
  let rule = rules.get(layout.format);
  if (!rule) {
    const rowOf = makeLine(columnPlan(layout));
    rule = (text) => rowOf(text).outcome === "fitted";
    rules.set(layout.format, rule);
  }
  return rule(line);
};

/** Returns true if a line has as many tokens as its format has fields: then it needs no other reading. */
export const isPlain = (line: string, { fields }: Layout): boolean => {
  let spaces = 0;
  for (let at = line.indexOf(" "); at >= 0 && spaces < fields.length; at = line.indexOf(" ", at + 1))
    spaces++;
  return spaces === fields.length - 1 && line[0] !== '"' && !line.includes("\t");
};

/**
 * Returns a format that a text does not fit, so that it is kept whole: the given one, or one with fewer of its fields if the
 * text would fit the given one.
 */
export const unfitting = (text: string, layout: Layout): Layout => {
  const first = (count: number) =>
    layoutFrom(
      layout.fields.slice(0, count).map(({ name }) => name),
      { fields: new Map(layout.fields.map((f) => [f.name, f])), presets: {} },
    );
  return fits(text, layout)
    ? ([first(1), first(2)].find((other) => !fits(text, other)) ?? DEFAULT_LAYOUT)
    : layout;
};
