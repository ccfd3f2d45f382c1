/** An input cannot be read. The message is one sentence with its name and a remedy. */
export class InputError extends Error {}

const REASONS: Record<string, string> = {
  ENOENT: "there is no such file",
  EACCES: "it may not be read",
  EISDIR: "it is a folder",
};

/** Name of an input for people. */
export const labelOf = (name: string) => (name === "-" ? "standard input" : name);

/** Returns the reason of a reading error, in words. */
export const unreadable = (name: string, error: unknown): InputError => {
  if (error instanceof InputError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const isZlib = code?.startsWith("Z_");
  return new InputError(
    `cannot read ${labelOf(name)}: ${isZlib ? `the gzip data is damaged (${message})` : (REASONS[code ?? ""] ?? message)}`,
  );
};
