// Finds the known name that is nearest to a misspelt one.

/** Counts the letters to add, remove or replace that turn one text into the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(one).entries()) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j++)
      next.push(Math.min(row[j] + (other[j] === letter ? 0 : 1), row[j + 1] + 1, next[j] + 1));
    row = next;
  }
  return row[other.length];
}

const wordsOf = (name: string): string[] =>
  name.split(/[^a-zA-Z0-9]+|(?=[A-Z])/).map((word) => word.toLowerCase());

/** Maximum length of a compared name: no known name is longer, and comparing takes quadratic time. */
const LONGEST = 100;

/** Returns the name with the fewest edits; of several, the one with the most common words. */
export function nearest(name: string, known: string[]): string | undefined {
  const given = name.slice(0, LONGEST).toLowerCase();
  const words = wordsOf(name.slice(0, LONGEST));
  const ranked = known.map((candidate) => {
    const shared = wordsOf(candidate).filter((word) => words.includes(word)).length;
    return { candidate, shared, letters: distance(given, candidate.toLowerCase()) };
  });
  // A typing error keeps most letters. Otherwise common words are a better sign than letters.
  const isSlip = ({ letters }: { letters: number }) => letters <= Math.max(2, given.length / 5);
  const slips = ranked.filter(isSlip).sort((a, b) => a.letters - b.letters);
  const others = ranked
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared || a.letters - b.letters);
  return (slips[0] ?? others[0])?.candidate;
}
