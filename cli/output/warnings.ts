/** Prints the warnings of a deployment on standard error, a line each. */
export const printWarnings = (warnings: string[]) => {
  for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`);
};
