/**
 * Partition columns are texts with leading zeros. A comparison with another form finds nothing, or too much, without an
 * error.
 */

const FORMS: Record<string, { form: RegExp; example: string }> = {
  year: { form: /^\d{4}$/, example: "'2026'" },
  month: { form: /^(0[1-9]|1[0-2])$/, example: "'01'" },
  day: { form: /^(0[1-9]|[12]\d|3[01])$/, example: "'22'" },
  hour: { form: /^([01]\d|2[0-3])$/, example: "'09'" },
};

const TEXT = "'(?:[^']|'')*'";
const COLUMN = `(?<![\\w."']|\\|\\|\\s*)(?:\\w+\\.)?"?(year|month|day|hour)"?`;
const AFTER = new RegExp(
  `${COLUMN}\\s*(?:<>|!=|<=|>=|=|<|>|(?:NOT\\s+)?BETWEEN|(?:NOT\\s+)?IN\\s*\\()\\s*(${TEXT}(?:\\s*(?:,|AND)\\s*${TEXT})*)`,
  "gi",
);
const BEFORE = new RegExp(`(${TEXT})\\s*(?:<>|!=|<=|>=|=|<|>)\\s*${COLUMN}(?!\\s*\\()`, "gi");

const textsIn = (sql: string) => (sql.match(new RegExp(TEXT, "g")) ?? []).map((text) => text.slice(1, -1));

/** Returns a sentence for each comparison of a partition column with a text that it never has. */
export const oddPartitions = (sql: string): string[] => {
  const said = sql.replaceAll(/--.*$/gm, "");
  const compared = [
    ...[...said.matchAll(AFTER)].map(([, column, texts]) => [column, texts]),
    ...[...said.matchAll(BEFORE)].map(([, text, column]) => [column, text]),
  ];
  return compared.flatMap(([column, texts]) => {
    const { form, example } = FORMS[column.toLowerCase()];
    const odd = textsIn(texts).find((text) => !form.test(text));
    if (odd === undefined) return [];
    return `${column} is a text such as ${example} and never compares with '${odd}' as a date does; for days, the view flow_logs_readable has: date >= DATE '2026-01-22'`;
  });
};
