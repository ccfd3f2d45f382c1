// Pulumi's entry point of the pack.
const { entry } = require("./entry");

require(entry("index"));
