import { foreignFieldOf } from "../../schema/foreign-names";
import { fieldNamed } from "../../schema/names";

/** Maximum words of a field's name, as in `pkt src aws service`. */
const MOST_WORDS = 4;

/**
 * Returns the field that several words name together (`Src Addr`), or name in other programs (`Source IP`, as one
 * word).
 */
export const fieldOf = (words: readonly string[]): string | undefined => {
  const name = words.join("-");
  if (words.length < 2) return undefined;
  return fieldNamed(name.toUpperCase()) ?? (foreignFieldOf(name) && name);
};

const nameOf = (word: string) => fieldNamed(word) ?? (foreignFieldOf(word) && word);

/** Returns the names of a header in which names have spaces between their words, if all of its words are names. */
export const namesOfWords = (words: readonly string[]): string[] | undefined => {
  const names: string[] = [];
  for (let at = 0; at < words.length; ) {
    let count = Math.min(MOST_WORDS, words.length - at);
    const nameAt = () => (count > 1 ? fieldOf(words.slice(at, at + count)) : nameOf(words[at]));
    while (count > 0 && nameAt() === undefined) count--;
    if (count === 0) return undefined;
    names.push(nameAt() as string);
    at += count;
  }
  return names.length < words.length ? names : undefined;
};
