#!/usr/bin/env node
const { entry } = require("./entry");

require(entry("check"))
  .main(process.argv.slice(2))
  .then((code) => {
    process.exitCode = code;
  });
