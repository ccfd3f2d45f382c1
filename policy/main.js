// Where Pulumi enters the pack: as JavaScript, built now if nobody has.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { build, compile } = require("./build");

/** Where nothing can be written. Pulumi's own compiler checks types, too, for many seconds and by rules of its own. */
const fromSources = () => {
  require.extensions[".ts"] = (module, file) =>
    module._compile(compile(readFileSync(file, "utf8"), file), file);
  return join(__dirname, "index.ts");
};

const entry = () => {
  try {
    return join(build(), "index.js");
  } catch (error) {
    if (!["EACCES", "EROFS", "EPERM", "ENOSPC"].includes(error.code)) throw error;
    return fromSources();
  }
};

require(entry());
