/**
 * Runs a Pulumi program, and throws the reason if a value is refused when it becomes known. Such a refusal rejects promises
 * that Pulumi made and nobody awaits, which would end the process, and the program itself never completes.
 */
export const withRejections = async <T>(run: () => Promise<T>): Promise<T> => {
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  try {
    return await new Promise<T>((resolve, reject) => {
      process.on("unhandledRejection", reject);
      run().then(resolve, reject);
    });
  } finally {
    // Other promises wait for the same value, and are rejected in the same turn.
    await new Promise(setImmediate);
    process.removeAllListeners("unhandledRejection");
    for (const listener of listeners) process.on("unhandledRejection", listener);
  }
};
