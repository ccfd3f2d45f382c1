// The program of examples/typescript, with the component of this checkout. Programs in other languages must declare the
// same resources.
import "../examples-resolve";

module.exports = require("../../examples/typescript");
