// Finds keys that JSON.parse drops because they are repeated.

/**
 * True if an object has a key twice: JSON's parser keeps the last of equal keys. In text that it accepted, a string before
 * a colon is a key.
 */
export function hasRepeatedKeys(text: string, root: unknown): boolean {
  const quoted = Array.from(text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g));
  const written = quoted.filter(([, colon]) => colon !== undefined).length;
  let kept = 0;
  const left = [root];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value !== "object" || value === null) continue;
    const items = Object.values(value);
    if (!Array.isArray(value)) kept += items.length;
    for (const item of items) left.push(item);
  }
  return written !== kept;
}
