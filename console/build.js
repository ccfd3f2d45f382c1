// Bundles the browser's part of the console: scripts, styles, and what they use of other packages.
const { join } = require("node:path");

/** Writes the bundles to a folder, with a hash of their content in each name. */
const bundle = (outdir) =>
  require("esbuild").buildSync({
    entryPoints: ["page.ts", "sql.ts", "style.css"].map((name) => join(__dirname, "browser", name)),
    entryNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "linked",
    logLevel: "warning",
    outdir,
  });

module.exports = { bundle };
