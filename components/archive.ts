import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/**
 * Returns all production dependencies of the program's package.json: the one nearest above the working directory, from
 * which Pulumi packs. Excluding them makes the function's archive one small file, the same in every program. The AWS SDK
 * comes from Lambda's runtime.
 */
export const everyDependency = (): string[] => {
  for (let dir = resolve("."); ; dir = dirname(dir)) {
    const file = join(dir, "package.json");
    if (existsSync(file)) {
      // Pulumi packs optional dependencies too.
      const { dependencies, optionalDependencies } = JSON.parse(readFileSync(file, "utf8"));
      return Object.keys({ ...dependencies, ...optionalDependencies });
    }
    if (dir === dirname(dir)) return [];
  }
};
