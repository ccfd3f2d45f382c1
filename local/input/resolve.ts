import type { Layout } from "../../schema/layout";
import type { Reading } from "./columns";
import { fits } from "./fit";
import { parsed } from "./json";
import { readingsIn } from "./objects";
import { cellsOfText, insidesOf } from "./prefixes";
import { timeOf } from "./time";

/** Result of reading a text: lines that fit, a header, or neither. */
export type Found = Reading[] | "header" | undefined;

/** Maximum depth of wrappers. */
const DEEPEST = 3;

/** Adds the time and the format of the wrapper to lines that have none of their own. */
export const around = (found: Found, { time, layout }: Partial<Reading>): Found =>
  Array.isArray(found)
    ? found.map((reading) => ({ ...reading, time: reading.time ?? time, layout: reading.layout ?? layout }))
    : found;

/** Removes wrappers around texts if their content fits the format. */
export class Unwrapper {
  constructor(
    /** Returns the current format of the lines. */
    private readonly layout: () => Layout,
    /** Reads a text as a header. Returns true if it is one. */
    private readonly learn: (text: string) => boolean,
    private readonly given: Layout | undefined,
  ) {}

  /** Returns the lines in a text, or that it is a header; nothing if no part of it fits. */
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

  /** Returns the lines in a JSON value. */
  value(value: unknown, depth = 0): Found {
    if (typeof value !== "string" && (typeof value !== "object" || value === null)) return undefined;
    for (const reading of readingsIn(value, this.given)) {
      const found = this.text(reading.text, reading.layout, depth + 1);
      if (found) return around(found, reading);
    }
    return undefined;
  }

  /** Returns the lines among cells; the others are single words: ids, times and names. */
  private cells(cells: string[], layout: Layout): Found {
    const lines = cells.filter((cell) => fits(cell, layout));
    const isText = lines.length > 0 && cells.every((cell) => lines.includes(cell) || !cell.includes(" "));
    const time = lines.length === 1 ? cells.map(timeOf).findLast((found) => found !== undefined) : undefined;
    return isText ? lines.map((text) => ({ text, time })) : undefined;
  }
}
