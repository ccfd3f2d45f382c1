import { readFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";

const REQUIRED = /\b(?:require|require\.resolve|import)\(\s*(["'])([^"'\n$]+)\1\s*\)/g;

/**
 * Modules that the package does not carry: DuckDB is made for one machine, Pulumi has a TypeScript of its own, and the console's
 * browser part is bundled when the package is made.
 */
const LEFT_OUT = /^(?:@duckdb\/|typescript$|ts-node|esbuild$)/;

/** The names in text that have the form of a module's, and that the package has to carry. */
const namesIn = (file: string): string[] =>
  [...readFileSync(file, "utf8").matchAll(REQUIRED)]
    .map(([, , name]) => name)
    .filter((name) => !isBuiltin(name) && !LEFT_OUT.test(name));

/** The file of a module; absent where the name stands in a comment, or where what it names is optional. */
const resolved = (name: string, from: string): string | undefined => {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
};

/** Every file that these files load, and that those load, by the names that stand in their text. */
export const reachableFrom = (entries: readonly string[]): Set<string> => {
  const reached = new Set<string>();
  for (const open = [...entries]; open.length > 0; ) {
    const file = open.pop() as string;
    if (reached.has(file)) continue;
    reached.add(file);
    if (/\.[cm]?js$/.test(file)) open.push(...namesIn(file).flatMap((name) => resolved(name, file) ?? []));
  }
  return reached;
};
