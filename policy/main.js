// Where Pulumi enters the pack: as JavaScript, built now if nobody has.
const { join } = require("node:path");
const { build } = require("./build");

/** Where nothing can be written, the sources themselves will do; their types are the tests' business. */
const fromSources = () => {
  require("ts-node").register({
    transpileOnly: true,
    skipProject: true,
    compilerOptions: { module: "commonjs" },
  });
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
