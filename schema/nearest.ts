/** Counts the edits (insert, delete, replace a letter) that turn one word into the other. */
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

const plain = (text: string) => text.slice(0, 80).toLowerCase().replaceAll("_", "-");

/** Returns the candidate with the fewest edits from a word, however many. */
export const nearest = (word: string, candidates: Iterable<string>): string => {
  const ranked = Array.from(candidates, (name) => ({ name, edits: distance(plain(word), plain(name)) }));
  return ranked.sort((a, b) => a.edits - b.edits)[0].name;
};

/** True if a word is probably a mistyped candidate: a part of it, or most letters the same. */
const isNear = (word: string, candidate: string): boolean =>
  (word.length > 2 && (candidate.includes(word) || word.includes(candidate))) ||
  distance(word, candidate) <= Math.max(word.length, candidate.length) * 0.6;

/** Returns `; did you mean …?` with the candidate nearest to a mistyped word; "" if none is near. */
export const suggestion = (word: string, candidates: Iterable<string>): string => {
  const meant = nearest(word, candidates);
  return isNear(plain(word), plain(meant)) ? `; did you mean "${meant}"?` : "";
};
