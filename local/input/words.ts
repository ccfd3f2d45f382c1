import { fieldNamed } from "../../schema/names";

/** The most words of a field's name, as in `pkt src aws service`. */
const MOST_WORDS = 4;

/** Returns the field that several words name together (`Src Addr`), if they do. */
export const fieldOf = (words: readonly string[]): string | undefined =>
  words.length > 1 ? fieldNamed(words.join("-").toUpperCase()) : undefined;

/** Returns the names of a header in which names have spaces between their words, if all of its words are names. */
export const namesOfWords = (words: readonly string[]): string[] | undefined => {
  const names: string[] = [];
  for (let at = 0; at < words.length; ) {
    let count = Math.min(MOST_WORDS, words.length - at);
    const nameAt = () => (count > 1 ? fieldOf(words.slice(at, at + count)) : fieldNamed(words[at]));
    while (count > 0 && nameAt() === undefined) count--;
    if (count === 0) return undefined;
    names.push(nameAt() as string);
    at += count;
  }
  return names.length < words.length ? names : undefined;
};
