/**
 * Runs a program of Pulumi's, and throws what it was refused for. A value that is refused when it becomes known rejects
 * promises that Pulumi made and nobody awaits, which would end the process; what waits for the value never ends.
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
