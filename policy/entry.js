// Finds the compiled pack. A checkout has its compiler beside this file and compiles its sources when they changed; a
// package
// has only what they were compiled into.
const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

const BUILDER = join(__dirname, "build.js");
/** Error codes of a folder that is not writable. */
const READ_ONLY = ["EACCES", "EROFS", "EPERM", "ENOSPC"];

/** Compiles in memory. Pulumi's own compiler checks types, too, for many seconds and by rules of its own. */
const fromSources = (name) => {
  const { compile } = require(BUILDER);
  // With the extension, since ./config could resolve to a user's config.json.
  const inFull = (code) =>
    code.replaceAll(/require\("(\.{1,2}\/[\w/.-]+)"\)/g, (whole, path) =>
      path.endsWith(".json") ? whole : `require("${path}.ts")`,
    );
  require.extensions[".ts"] = (module, file) =>
    module._compile(inFull(compile(readFileSync(file, "utf8"), file)), file);
  return join(__dirname, `${name}.ts`);
};

const entry = (name) => {
  if (!existsSync(BUILDER)) return join(__dirname, "dist", "pack", `${name}.js`);
  try {
    return join(require(BUILDER).build(), `${name}.js`);
  } catch (error) {
    if (READ_ONLY.includes(error.code)) return fromSources(name);
    if (error.code !== "MODULE_NOT_FOUND" || !/typescript/.test(error.message)) throw error;
    // Prints no stack trace, which would not help to correct the configuration.
    console.error(
      `the policy pack in ${__dirname} is a copy of its sources and TypeScript is not there to compile them; ` +
        "install the package that npm pack makes of it, or run npm ci in its repository",
    );
    return process.exit(1);
  }
};

module.exports = { entry };
