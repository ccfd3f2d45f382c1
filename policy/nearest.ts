// Finds the known name that is nearest to a misspelt one.

/** How many letters have to be added, removed or replaced to make one text the other. */
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

/** No name has as many letters; longer ones would only take time. */
const LONGEST = 100;

/** The name with the fewest letters between, and of several the one with the most words in common. */
export function nearest(name: string, known: string[]): string | undefined {
  const given = name.slice(0, LONGEST).toLowerCase();
  const words = wordsOf(name.slice(0, LONGEST));
  const ranked = known.map((candidate) => {
    const shared = wordsOf(candidate).filter((word) => words.includes(word)).length;
    return { candidate, shared, letters: distance(given, candidate.toLowerCase()) };
  });
  // A slip of the finger leaves most of the name; otherwise the words tell more than the letters.
  const isSlip = ({ letters }: { letters: number }) => letters <= Math.max(2, given.length / 5);
  const slips = ranked.filter(isSlip).sort((a, b) => a.letters - b.letters);
  const others = ranked
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared || a.letters - b.letters);
  return (slips[0] ?? others[0])?.candidate;
}
