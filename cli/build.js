// Compiles the command line and the code that it runs to JavaScript, once. Compiling TypeScript at every start would take
// longer than most commands.
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const { dirname, join } = require("node:path");

const ROOT = join(__dirname, "..");
const DIST = join(__dirname, "dist");

/** Folders with code of the command line, and files in the repository's root. */
const FOLDERS = ["cli", "components", "console", "functions", "local", "policy", "queries", "schema"];
const FILES = ["index.ts", "package.json", "tsconfig.json"];
/** Folders inside them without such code. */
const OTHERS = new Set(["dist", "node_modules", "assembly", "packing"]);
/** Errors of a folder in which nothing can be written. */
const READ_ONLY = new Set(["EACCES", "EROFS", "EPERM", "ENOSPC"]);

const isSource = (name) => /\.(tsx?|js|json|sql|css)$/.test(name) && !name.endsWith(".test.ts");

/** Returns the files in a folder and below it, by their paths from the repository. */
const filesIn = (folder) =>
  fs.readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return OTHERS.has(entry.name) ? [] : filesIn(`${folder}/${entry.name}`);
    return isSource(entry.name) ? [`${folder}/${entry.name}`] : [];
  });

/** Returns all sources with their text, in an order that does not depend on the file system. */
const sources = () =>
  [...FOLDERS.flatMap(filesIn), ...FILES]
    .sort()
    .map((file) => ({ file, text: fs.readFileSync(join(ROOT, file)) }));

/**
 * Compiles with the options of tsconfig.json, as ts-node and Pulumi do, so that the deployed function has the same
 * text.
 */
const compiler = () => {
  const ts = require("typescript");
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const compilerOptions = { ...options, declaration: false };
  return (text, fileName) => ts.transpileModule(text, { fileName, compilerOptions }).outputText;
};

/** The part of the console that runs in the browser: its sources are bundled, and not compiled one by one. */
const BROWSER = "console/browser/";

const write = (files, folder) => {
  const compile = compiler();
  for (const { file, text } of files) {
    if (file.startsWith(BROWSER)) continue;
    const path = join(folder, file.replace(/\.tsx?$/, ".js"));
    fs.mkdirSync(dirname(path), { recursive: true });
    fs.writeFileSync(path, /\.tsx?$/.test(file) ? compile(text.toString(), file) : text);
  }
  require("../console/build").bundle(join(folder, "console/assets"));
};

const DAY = 24 * 60 * 60 * 1000;

/** Removes builds of other sources that are a day old: no command runs them any more. */
const clean = (current) => {
  for (const name of fs.readdirSync(DIST)) {
    const path = join(DIST, name);
    const made = fs.statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (/^([0-9a-f]{16}|unfinished-.*)$/.test(name) && name !== current && Date.now() - made > DAY)
      fs.rmSync(path, { recursive: true, force: true });
  }
};

/**
 * Returns the folder with the JavaScript of the current sources, and builds it if it does not exist. Its name is a hash of
 * the sources, so no change is missed. It is renamed into place, because several commands may start at once.
 */
const build = () => {
  const files = sources();
  const hash = createHash("sha256");
  for (const { file, text } of files) hash.update(`${file}\n${text.length}\n`).update(text);
  const name = hash.digest("hex").slice(0, 16);
  const folder = join(DIST, name);
  if (fs.existsSync(folder)) return folder;
  fs.mkdirSync(DIST, { recursive: true });
  const unfinished = fs.mkdtempSync(join(DIST, "unfinished-"));
  write(files, unfinished);
  try {
    fs.renameSync(unfinished, folder);
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true });
    // Another command may have been first.
    if (!fs.existsSync(folder)) throw error;
  }
  clean(name);
  return folder;
};

/** Compiles each source when it is loaded, and keeps nothing. */
const compileInMemory = () => {
  const compile = compiler();
  for (const extension of [".ts", ".tsx"])
    require.extensions[extension] = (module, file) =>
      module._compile(compile(fs.readFileSync(file, "utf8"), file), file);
  return ROOT;
};

/** Returns the folder to load the command line from: the build, or the sources where no build can be written. */
const folder = () => {
  try {
    return build();
  } catch (error) {
    if (READ_ONLY.has(error.code)) return compileInMemory();
    if (error.code !== "MODULE_NOT_FOUND" || !/typescript/.test(error.message)) throw error;
    // Without a stack: where it was thrown says nothing about what to do.
    console.error(`flowlogs: ${ROOT} has no TypeScript to compile its sources with; run npm ci there`);
    return process.exit(1);
  }
};

module.exports = { build, folder };
