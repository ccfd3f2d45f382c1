/** Edits (insert, delete, replace a letter) that turn one word into the other. */
export const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, n) => n);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[to.length];
};

/** The candidate that a mistyped word most likely meant: what an error message suggests. */
export const nearest = (word: string, candidates: Iterable<string>): string => {
  const plain = (text: string) => text.slice(0, 80).toLowerCase().replaceAll("_", "-");
  const ranked = Array.from(candidates, (name) => ({ name, edits: distance(plain(word), plain(name)) }));
  return ranked.sort((a, b) => a.edits - b.edits)[0].name;
};
