import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";

const TYPES: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/** Scripts and styles that pages load. */
export interface Assets {
  folder: string;
  /** Addresses by name: `page.js` is at `/assets/page-ABC123.js`. */
  names: Record<string, string>;
  /** The content type of a file; undefined if there is none of this name. */
  typeOf(file: string): string | undefined;
}

/** Folder of the files: the build's, or a new one if TypeScript runs without a build. */
const made = (): string => {
  const built = join(__dirname, "assets");
  if (existsSync(built)) return built;
  const folder = mkdtempSync(join(tmpdir(), "flowlogs-console-"));
  require("./build.js").bundle(folder);
  return folder;
};

export const findAssets = (): Assets => {
  const folder = made();
  const files = readdirSync(folder);
  const names = files.map((file) => [file.replace(/-[A-Z0-9]{8}(\.\w+)$/, "$1"), `/assets/${file}`]);
  return {
    folder,
    names: Object.fromEntries(names),
    typeOf: (file) => (files.includes(file) ? TYPES[extname(file)] : undefined),
  };
};
