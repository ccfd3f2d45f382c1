import { log } from "@pulumi/pulumi";

/** Runs a program, and returns its result and the warnings that Pulumi's engine would print. */
export const collectWarnings = async <T>(
  run: () => Promise<T>,
): Promise<{ result: T; warnings: string[] }> => {
  const warnings: string[] = [];
  // Without an engine, Pulumi writes warnings to standard error.
  const written: { -readonly [K in keyof typeof log]: (typeof log)[K] } = log;
  const { warn } = log;
  written.warn = async (message: string) => {
    warnings.push(message);
  };
  try {
    return { result: await run(), warnings };
  } finally {
    written.warn = warn;
  }
};
