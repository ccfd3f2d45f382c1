/** Separators of a table's cells, the likeliest first. */
export const DELIMITERS = [",", "\t", ";", "|"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Returns the cells of a record; undefined if a quote is not closed, so that the record continues on the next line. */
export const cellsOf = (record: string, delimiter: Delimiter): string[] | undefined => {
  if (!record.includes('"')) return record.split(delimiter);
  const cells: string[] = [];
  for (let at = 0; at <= record.length; ) {
    if (record[at] !== '"') {
      const end = record.indexOf(delimiter, at);
      cells.push(record.slice(at, end < 0 ? record.length : end));
      at = end < 0 ? record.length + 1 : end + 1;
      continue;
    }
    let end = at + 1;
    while (end < record.length && (record[end] !== '"' || record[end + 1] === '"'))
      end += record[end] === '"' ? 2 : 1;
    if (end >= record.length) return undefined;
    const next = record.indexOf(delimiter, end);
    const after = record.slice(end + 1, next < 0 ? record.length : next);
    cells.push(record.slice(at + 1, end).replaceAll('""', '"') + after);
    at = next < 0 ? record.length + 1 : next + 1;
  }
  return cells;
};

/** Returns true if a record has bars around its cells as well, as in Markdown. */
export const isBarred = (record: string): boolean => /^\s*\|.*\|\s*$/.test(record);

/** A record without the bars around it. */
export const withoutBars = (record: string): string => record.replace(/^\s*\||\|\s*$/g, "");

/** Returns true if a line only rules off a table, as `| --- | ---: |`, `---+---` and `+---+---+` do. */
export const isRuler = (line: string): boolean =>
  /^[\s|+:=-]*(?:--|==)[\s|+:=-]*$/.test(line) && /[|+]/.test(line);
