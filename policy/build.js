// Makes JavaScript of the pack: TypeScript's compiler, asked for each file anew by every preview, takes longer than
// everything else that a pack does at its start.
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const { join } = require("node:path");

const DIST = join(__dirname, "dist");

/** What the pack is made of. */
const sources = () =>
  fs
    .readdirSync(__dirname)
    .filter((file) => /\.(ts|json)$/.test(file) && !/^(package|tsconfig)/.test(file))
    .sort()
    .map((file) => ({ file, text: fs.readFileSync(join(__dirname, file), "utf8") }));

const compile = (text, fileName) => {
  // Where nothing has to be compiled, as in a published pack, there may be no compiler.
  const ts = require("typescript");
  const { ES2022 } = ts.ScriptTarget;
  const compilerOptions = { target: ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true };
  return ts.transpileModule(text, { fileName, compilerOptions }).outputText;
};

const DAY = 24 * 60 * 60 * 1000;

/** Takes away what earlier sources were made into; nobody is starting with those any more. */
const clean = () => {
  for (const entry of fs.readdirSync(DIST)) {
    const path = join(DIST, entry);
    const made = fs.statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - made > DAY) fs.rmSync(path, { recursive: true, force: true });
  }
};

/**
 * The folder with the pack of today's sources, which is named after what they say: a change is never missed, and a pack
 * that starts meanwhile sees a whole one or none.
 */
const build = () => {
  const files = sources();
  const name = createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 16);
  const folder = join(DIST, name);
  if (fs.existsSync(folder)) return folder;
  fs.mkdirSync(DIST, { recursive: true });
  const unfinished = fs.mkdtempSync(join(DIST, "unfinished-"));
  for (const { file, text } of files) {
    const isCode = file.endsWith(".ts");
    fs.writeFileSync(join(unfinished, file.replace(/\.ts$/, ".js")), isCode ? compile(text, file) : text);
  }
  try {
    fs.renameSync(unfinished, folder);
  } catch (error) {
    // Somebody else was first.
    fs.rmSync(unfinished, { recursive: true });
    if (!fs.existsSync(folder)) throw error;
  }
  clean();
  return folder;
};

module.exports = { build, compile };

if (require.main === module) build();
