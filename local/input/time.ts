/** Pattern of times in logs: ISO 8601 with or without a zone, with a space for the T or a comma for the point. */
export const TIMESTAMP = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?`;

const WHOLE = new RegExp(`^${TIMESTAMP}$`);

/**
 * Returns epoch milliseconds for a time in an export: a number, or a date, in UTC if it has no zone; otherwise
 * undefined.
 */
export const timeOf = (text: string): number | undefined => {
  if (/^\d{13}$/.test(text)) return Number(text);
  if (!WHOLE.test(text)) return undefined;
  const iso = text
    .replace(/^(\S{10}) /, "$1T")
    .replace(",", ".")
    .replace("UTC", "Z")
    .replace(" ", "");
  const time = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`);
  return Number.isNaN(time) ? undefined : time;
};
