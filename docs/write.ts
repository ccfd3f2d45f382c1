import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { reference } from "./generate";

void reference().then((text) => writeFileSync(join(__dirname, "reference.md"), text));
