import type { Layout } from "../../schema/layout";
import type { Reading } from "./columns";
import { fits } from "./fit";
import { parsed } from "./json";
import { readingsIn } from "./objects";
import { cellsOfText, insidesOf } from "./prefixes";
import { timeOf } from "./time";

/** Reading of a text: lines in it that fit, a header, or nothing known. */
export type Found = Reading[] | "header" | undefined;

/** How often a wrapper may be in a wrapper. */
const DEEPEST = 3;

/** Adds to lines what is known of them from around. */
export const around = (found: Found, { time, layout }: Partial<Reading>): Found =>
  Array.isArray(found)
    ? found.map((reading) => ({ ...reading, time: reading.time ?? time, layout: reading.layout ?? layout }))
    : found;

/** Takes wrappers off texts, as long as what they hold fits the format. */
export class Unwrapper {
  constructor(
    /** The format of the lines by now. */
    private readonly layout: () => Layout,
    /** Takes a text for a header, if it is one. */
    private readonly learn: (text: string) => boolean,
    private readonly given: Layout | undefined,
  ) {}

  /** The lines that a text is or holds, or whether it is a header; nothing if no part of it fits. */
  text(text: string, layout = this.layout(), depth = 0): Found {
    if (fits(text, layout)) return [{ text }];
    if (depth > 0 && this.learn(text)) return "header";
    if (depth === DEEPEST) return undefined;
    if (text.startsWith("{")) return this.value(parsed(text), depth);
    for (const inside of insidesOf(text)) {
      const found = this.text(inside.text, layout, depth + 1);
      if (found) return around(found, inside);
    }
    return this.cells(cellsOfText(text), layout);
  }

  /** The lines that a JSON value holds. */
  value(value: unknown, depth = 0): Found {
    if (typeof value !== "string" && (typeof value !== "object" || value === null)) return undefined;
    for (const reading of readingsIn(value, this.given)) {
      const found = this.text(reading.text, reading.layout, depth + 1);
      if (found) return around(found, reading);
    }
    return undefined;
  }

  /** The lines among cells that are single words otherwise: ids, times and names. */
  private cells(cells: string[], layout: Layout): Found {
    const lines = cells.filter((cell) => fits(cell, layout));
    const isText = lines.length > 0 && cells.every((cell) => lines.includes(cell) || !cell.includes(" "));
    const time = lines.length === 1 ? cells.map(timeOf).findLast((found) => found !== undefined) : undefined;
    return isText ? lines.map((text) => ({ text, time })) : undefined;
  }
}
