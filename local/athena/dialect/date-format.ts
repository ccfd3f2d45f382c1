import { QueryError } from "../query-error";

/** Specifiers of Athena's date formats, which are MySQL's, with those of strftime and strptime. */
const SPECIFIERS: Record<string, string> = {
  ...{ a: "%a", b: "%b", c: "%-m", d: "%d", e: "%-d", f: "%f", H: "%H", h: "%I", I: "%I", i: "%M", j: "%j" },
  ...{ k: "%-H", l: "%-I", M: "%B", m: "%m", p: "%p", r: "%I:%M:%S %p", S: "%S", s: "%S", T: "%H:%M:%S" },
  ...{ v: "%V", W: "%A", x: "%G", Y: "%Y", y: "%y", "%": "%%" },
};

/**
 * Translates a format of date_format or date_parse for DuckDB's functions.
 * @throws QueryError for a specifier that Athena does not know.
 */
export const strftimeFormat = (format: string): string =>
  format.replaceAll(/%(.)?/g, (specifier, letter) => {
    // Another letter stands for itself.
    const ours = SPECIFIERS[letter] ?? (/[DUuVwX]/.test(letter ?? "D") ? undefined : letter);
    if (ours === undefined)
      throw new QueryError(`Athena has no specifier ${specifier} in a date's format "${format}"`);
    return ours;
  });
