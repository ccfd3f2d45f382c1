/**
 * Copies a text. Otherwise a text that is kept, as a slice of a chunk of its file, would keep the whole chunk in memory.
 */
export const copied = (text: string): string => ` ${text}`.slice(1);
