// Compiles the pack to JavaScript, once for each change of its sources. Compiling in every preview would take longer than
// the rest of the pack's start.
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const { dirname, join, posix } = require("node:path");

const DIST = join(__dirname, "dist");
/** The folder of the compiled pack in a package. Its name stays the same. */
const PACKAGED = join(DIST, "pack");
/** Entry points of Pulumi and of the command. */
const ROOTS = ["index.ts", "check.ts"];

/** The paths, from this folder, of the modules that a file imports and of the data that it reads. */
const namedIn = (file, text) => {
  const names = [
    ...Array.from(text.matchAll(/(?:from|import\() ?"(\.{1,2}\/[\w/.-]+)"/g), ([, name]) =>
      name.endsWith(".json") ? name : `${name}.ts`,
    ),
    ...Array.from(text.matchAll(/__dirname, "([\w-]+\.json)"/g), ([, name]) => name),
  ];
  return names.map((name) => posix.join(posix.dirname(file), name));
};

/** Returns the pack's own files. Other files in this folder, such as a user's, are not among them. */
const sources = () => {
  const found = new Map();
  for (const open = [...ROOTS]; open.length > 0; ) {
    const file = open.pop();
    if (found.has(file)) continue;
    const text = fs.readFileSync(join(__dirname, file), "utf8");
    found.set(file, text);
    if (file.endsWith(".ts")) open.push(...namedIn(file, text));
  }
  return Array.from(found, ([file, text]) => ({ file, text })).sort((a, b) => (a.file < b.file ? -1 : 1));
};

const compile = (text, fileName) => {
  const ts = require("typescript");
  const { ES2022 } = ts.ScriptTarget;
  const compilerOptions = { target: ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true };
  return ts.transpileModule(text, { fileName, compilerOptions }).outputText;
};

/** Loads the modules of the bundle as Node.js would load their files. Its text becomes the bundle's end. */
const loader = (modules, bundle, folder, { join, posix }) => {
  const loaded = new Map();
  const load = (name) => {
    const known = loaded.get(name);
    if (known) return known.exports;
    const module = { exports: {} };
    loaded.set(name, module);
    const from = (path) => {
      const target = path.startsWith(".") ? posix.join(posix.dirname(name), path) : undefined;
      return target && modules[target] ? load(target) : bundle(target ? join(folder, target) : path);
    };
    modules[name](module, module.exports, from, join(folder, posix.dirname(name)));
    return module.exports;
  };
  return load;
};

/** Bundles all code into one file: Node.js takes ten times as long to find and read a hundred small ones. */
const bundled = (code) => {
  const modules = code.map(
    ({ file, text }) =>
      `${JSON.stringify(file.replace(/\.ts$/, ""))}(module, exports, require, __dirname) {\n${compile(text, file)}}`,
  );
  return `const modules = {\n${modules.join(",\n")}\n};\nmodule.exports = (${loader})(modules, require, __dirname, require("node:path"));\n`;
};

const write = (files, folder) => {
  const data = files.filter(({ file }) => !file.endsWith(".ts"));
  const roots = ROOTS.map((file) => file.replace(/\.ts$/, "")).map((name) => ({
    file: `${name}.js`,
    text: `module.exports = require("./pack")("${name}");\n`,
  }));
  const code = { file: "pack.js", text: bundled(files.filter((each) => !data.includes(each))) };
  for (const { file, text } of [...data, ...roots, code]) {
    fs.mkdirSync(dirname(join(folder, file)), { recursive: true });
    fs.writeFileSync(join(folder, file), text);
  }
};

const DAY = 24 * 60 * 60 * 1000;

/** Removes builds of other sources that are at least a day old, since no start uses them any more. */
const clean = () => {
  for (const entry of fs.readdirSync(DIST)) {
    const path = join(DIST, entry);
    const made = fs.statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - made > DAY) fs.rmSync(path, { recursive: true, force: true });
  }
};

/**
 * Returns the folder with the pack of today's sources. Its name is a hash of them and of this file, so that a change is never missed, and a
 * pack that starts meanwhile sees a whole folder or none.
 */
const build = () => {
  const files = sources();
  const made = JSON.stringify([files, fs.readFileSync(__filename, "utf8")]);
  const name = createHash("sha256").update(made).digest("hex").slice(0, 16);
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
