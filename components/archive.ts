import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/**
 * Every production dependency of the program's package.json, the one that Pulumi would pack from: the nearest above
 * the working directory. With all of them left out, the function's archive is one small file, the same wherever the
 * component is embedded, and the AWS SDK is the one in Lambda's runtime.
 */
export const everyDependency = (): string[] => {
  for (let dir = resolve("."); ; dir = dirname(dir)) {
    const file = join(dir, "package.json");
    if (existsSync(file)) {
      // Pulumi packs the optional ones too.
      const { dependencies, optionalDependencies } = JSON.parse(readFileSync(file, "utf8"));
      return Object.keys({ ...dependencies, ...optionalDependencies });
    }
    if (dir === dirname(dir)) return [];
  }
};
