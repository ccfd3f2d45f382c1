// Pulumi runs this file for PulumiPlugin.yaml. It loads compiled code in the published package, and the sources in a checkout.

const { existsSync } = require("node:fs");
const { join } = require("node:path");

// Pulumi starts a plugin in the folder of the program that uses it, and packs a function by the package.json above
// the working directory, which a program in another language does not have.
process.chdir(join(__dirname, ".."));

const fromSource = existsSync(join(__dirname, "provider.ts"));
if (fromSource) {
  const { REGISTER_INSTANCE, register } = require("ts-node");
  // Pulumi has registered one that compiles by the options of the program's folder.
  process[REGISTER_INSTANCE]?.enabled(false);
  register({ transpileOnly: true, cwd: __dirname, projectSearchDir: __dirname });
}
module.exports = require(fromSource ? "./provider" : "../dist/plugin/provider").serve();
