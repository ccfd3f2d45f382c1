/** Says what a deployment would warn of, a line each, apart from what was asked for. */
export const printWarnings = (warnings: string[]) => {
  for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`);
};
