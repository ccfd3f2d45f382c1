// Makes JavaScript of the pack. TypeScript's compiler, asked again for each file by every preview, takes longer than
// everything else that a pack does at its start.
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const { join } = require("node:path");

const DIST = join(__dirname, "dist");
/** What a package has: the same files under a name that stays. */
const PACKAGED = join(DIST, "pack");
/** Where Pulumi and the command enter. */
const ROOTS = ["index.ts", "check.ts"];

/** The files of this folder that a file's text names: modules that it imports, and data that it reads. */
const namedIn = (text) => [
  ...Array.from(text.matchAll(/(?:from|import\() ?"\.\/([\w-]+)"/g), ([, name]) => `${name}.ts`),
  ...Array.from(text.matchAll(/"(?:\.\/)?([\w-]+\.json)"/g), ([, name]) => name),
];

/** The files that the pack is made of, and no others: whatever else is in this folder is somebody's own. */
const sources = () => {
  const found = new Map();
  for (const open = [...ROOTS]; open.length > 0; ) {
    const file = open.pop();
    if (found.has(file)) continue;
    const text = fs.readFileSync(join(__dirname, file), "utf8");
    found.set(file, text);
    if (file.endsWith(".ts")) open.push(...namedIn(text));
  }
  return Array.from(found, ([file, text]) => ({ file, text })).sort((a, b) => (a.file < b.file ? -1 : 1));
};

const compile = (text, fileName) => {
  const ts = require("typescript");
  const { ES2022 } = ts.ScriptTarget;
  const compilerOptions = { target: ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true };
  return ts.transpileModule(text, { fileName, compilerOptions }).outputText;
};

const write = (files, folder) => {
  for (const { file, text } of files) {
    const isCode = file.endsWith(".ts");
    fs.writeFileSync(join(folder, file.replace(/\.ts$/, ".js")), isCode ? compile(text, file) : text);
  }
};

const DAY = 24 * 60 * 60 * 1000;

/** Removes what earlier sources were made into a day ago or more: nothing starts with those any more. */
const clean = () => {
  for (const entry of fs.readdirSync(DIST)) {
    const path = join(DIST, entry);
    const made = fs.statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - made > DAY) fs.rmSync(path, { recursive: true, force: true });
  }
};

/**
 * Returns the folder with the pack of today's sources. Its name is a hash of them, so that a change is never missed, and a
 * pack that starts meanwhile sees a whole folder or none.
 */
const build = () => {
  const files = sources();
  const name = createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 16);
  const folder = join(DIST, name);
  if (fs.existsSync(folder)) return folder;
  fs.mkdirSync(DIST, { recursive: true });
  const unfinished = fs.mkdtempSync(join(DIST, "unfinished-"));
  try {
    write(files, unfinished);
    fs.renameSync(unfinished, folder);
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true });
    // Another start may have been first.
    if (!fs.existsSync(folder)) throw error;
  }
  clean();
  return folder;
};

/** Makes what `npm pack` puts into the package. */
const buildPackage = () => {
  fs.rmSync(PACKAGED, { recursive: true, force: true });
  fs.mkdirSync(PACKAGED, { recursive: true });
  write(sources(), PACKAGED);
};

module.exports = { build, compile };

if (require.main === module) buildPackage();
