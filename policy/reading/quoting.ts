/** `a, b, c and 12 more`: the first few of many. */
export function some(items: string[], most = 5): string {
  const shown = items.slice(0, most).join(", ");
  return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}

/** An action or an ARN as a message shows it: without quotes where nothing in it needs them. */
export const show = (text: string): string => (/^[\w:*?/.,${}+=@-]{1,200}$/.test(text) ? text : quote(text));

/**
 * A value as a message shows it: short, and without characters that would move a terminal's cursor or turn text
 * around. Documents come from anywhere.
 */
export function quote(value: unknown): string {
  if (typeof value !== "string") return typeof value === "object" ? "that is not text" : String(value);
  const text = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
  return JSON.stringify(text).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

const LONGEST = 200;
