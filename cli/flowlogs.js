#!/usr/bin/env node
// Runs the command line. In a checkout it compiles the sources once, and again when they change.

process.env.NODE_NO_WARNINGS ??= "1";
const { join } = require("node:path");
const { build } = require("./build");
require(join(build(), "cli/index")).main();
