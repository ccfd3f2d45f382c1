/** A time as logs write it: ISO 8601 with or without a zone, a space for the T, a comma for the point. */
export const TIMESTAMP = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?`;

const WHOLE = new RegExp(`^${TIMESTAMP}$`);

/** Epoch milliseconds of a time as exports write it: those, or a date, which is UTC if it does not say; else nothing. */
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
