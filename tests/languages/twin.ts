// The program of examples/typescript, with the component of this checkout: the one that programs in other languages must
// come to the same as.
import "../examples-resolve";

module.exports = require("../../examples/typescript");
