import { readdirSync } from "node:fs";
import { join } from "node:path";

/** True if a path contains a character of shell patterns. */
export const isPattern = (path: string): boolean => /[*?[{]/.test(path);

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** Returns the regular expression for one part of a pattern, between slashes. */
const partPattern = (part: string): RegExp => {
  const pattern = part.replace(/\*|\?|\[!?[^\]]+\]|\{[^{}]*\}|[^*?[{]+|./g, (token) => {
    if (token === "*") return "[^/]*";
    if (token === "?") return "[^/]";
    if (/^\[.*\]$/.test(token)) return token.replace(/^\[!/, "[^").replaceAll("\\", "\\\\");
    if (/^\{.*\}$/.test(token)) return `(?:${token.slice(1, -1).split(",").map(escaped).join("|")})`;
    return escaped(token);
  });
  return new RegExp(`^${pattern}$`);
};

const namesIn = (dir: string) => {
  try {
    return readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
};

/**
 * Finds paths below a folder that match the parts of a pattern. As in a shell, `*` matches no name that begins with a
 * point.
 */
function* matching(dir: string, [part, ...rest]: string[]): Generator<string> {
  if (part === "**" && rest.length > 0) yield* matching(dir, rest);
  for (const entry of namesIn(dir === "" ? "." : dir)) {
    const path = dir === "" ? entry.name : join(dir, entry.name);
    const isFolder = entry.isDirectory() || entry.isSymbolicLink();
    const isHidden = entry.name.startsWith(".") && !part.startsWith(".");
    if (isHidden || !(part === "**" || partPattern(part).test(entry.name))) continue;
    if (part === "**" && entry.isDirectory()) yield* matching(path, [part, ...rest]);
    else if (part !== "**" && rest.length > 0 && isFolder) yield* matching(path, rest);
    else if (rest.length === 0) yield path;
  }
}

/** Returns the files and folders that match a pattern with `*`, `**`, `?`, `[…]` and `{…,…}`, in order. */
export const filesMatching = (pattern: string): string[] => {
  const parts = pattern.split("/").filter((part) => part !== "");
  const first = parts.findIndex(isPattern);
  const root = `${pattern.startsWith("/") ? "/" : ""}${parts.slice(0, first).join("/")}`;
  return [...new Set(matching(root, parts.slice(first)))];
};
