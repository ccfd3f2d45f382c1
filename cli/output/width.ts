/** Characters that take two cells on a terminal: East Asian wide and full-width forms, and emoji. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
/** Characters that take no cell: combining marks, and joiners. */
const MARK = /\p{M}|\p{Cf}/u;

const cells = (character: string): number => (MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1);

/** Counts the cells that a text takes on a terminal. */
export const widthOf = (text: string): number =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a quick test for plain text
  /^[\u0000-\u007f]*$/.test(text) ? text.length : Array.from(text).reduce((sum, one) => sum + cells(one), 0);

/** Cuts a text to a number of cells, the last of them an ellipsis. */
export const cutTo = (text: string, width: number): string => {
  if (widthOf(text) <= width) return text;
  let [cut, used] = ["", 0];
  for (const one of text) {
    used += cells(one);
    if (used > width - 1) break;
    cut += one;
  }
  return `${cut}…`;
};
