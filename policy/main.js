// Where Pulumi enters the pack.
const { entry } = require("./entry");

require(entry("index"));
