#!/usr/bin/env node
// Runs the command line from its TypeScript sources, transpiled as they load.

process.env.NODE_NO_WARNINGS ??= "1";
require("ts-node").register({ transpileOnly: true, cwd: __dirname, projectSearchDir: __dirname });
require("./index");
