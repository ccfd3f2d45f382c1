#!/usr/bin/env node
// Runs the command line: in a checkout from the JavaScript of its sources, made once and again when they change.

process.env.NODE_NO_WARNINGS ??= "1";
const { join } = require("node:path");
const { build } = require("./build");
require(join(build(), "cli/index")).main();
