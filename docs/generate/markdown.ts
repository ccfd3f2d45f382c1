const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll(/\s*\n\s*/g, " ");

/** A table in Markdown. */
export const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");

/**
 * The document with this text between `<!-- name -->` and `<!-- /name -->`, each of which stands on a line of its own.
 * @throws Error if the document has no such place.
 */
export const withBlock = (document: string, name: string, text: string): string => {
  const [open, close] = [`\n<!-- ${name} -->\n`, `\n<!-- /${name} -->\n`];
  const [from, to] = [document.indexOf(open), document.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`the document has no place for ${name}`);
  return `${document.slice(0, from + open.length)}\n${text}\n${document.slice(to)}`;
};

/** Returns a document's code blocks in this language, without their indentation. */
export const blocksIn = (document: string, language: string): string[] =>
  [...document.matchAll(new RegExp(`^( *)\`\`\`${language}\n(.*?)^\\1\`\`\`$`, "gms"))].map(
    ([, indent, text]) => text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  );

/** The rows of the table that begins with this head, as text of their cells. */
export const tableIn = (document: string, ...head: string[]): string[][] => {
  const lines = document.split("\n");
  const cells = (line: string) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((text) => text.trim());
  const from = lines.findIndex(
    (line) => line.startsWith("|") && head.every((text, n) => cells(line)[n] === text),
  );
  if (from < 0) throw new Error(`the document has no table of ${head.join(", ")}`);
  const rest = lines.slice(from + 2);
  return rest
    .slice(
      0,
      rest.findIndex((line) => !line.startsWith("|")),
    )
    .map(cells);
};
