// Bundles the browser's part of the console: scripts, styles, and the parts of other packages that they use.
const { existsSync, readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** Returns the names, versions and licences of the packages whose files are in a bundle. */
const licencesOf = (files) => {
  const folders = new Set(files.flatMap((file) => PACKAGE.exec(file)?.[1] ?? []));
  return [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const text = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
    const words = text && existsSync(join(folder, text)) ? readFileSync(join(folder, text), "utf8") : license;
    return `${name} ${version}\n\n${words}\n`;
  });
};

/** Writes the bundles and the licences of their packages to a folder. Each bundle's name has a hash of its content. */
const bundle = (outdir) => {
  const { metafile } = require("esbuild").buildSync({
    absWorkingDir: __dirname,
    entryPoints: ["page.ts", "sql.ts", "style.css"].map((name) => join(__dirname, "browser", name)),
    entryNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    metafile: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
    outdir,
  });
  const files = Object.keys(metafile.inputs).map((file) => join(__dirname, file));
  writeFileSync(join(outdir, "licences.txt"), licencesOf(files).join("\n----\n\n"));
};

module.exports = { bundle };
