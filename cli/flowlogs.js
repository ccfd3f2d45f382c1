#!/usr/bin/env node
// Runs the command line. In a checkout it compiles the sources once, and again when they change. A package has compiled ones.

process.env.NODE_NO_WARNINGS ??= "1";
const { existsSync } = require("node:fs");
const { join } = require("node:path");
const packaged = join(__dirname, "dist", "program");
const builder = join(__dirname, "build.js");
require(join(existsSync(builder) ? require(builder).folder() : packaged, "cli/index")).main();
