import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where the constant is; `npm run wasm` writes it. */
export const MODULE_FILE = join(__dirname, "module.ts");

/** The text of that file for the AssemblyScript in `assembly/` as it is now. */
export const compile = (): string => {
  const dir = mkdtempSync(join(tmpdir(), "wasm-"));
  const out = join(dir, "module.wasm");
  // No runtime and no assertions: the module has neither objects nor a way to fail.
  const how = ["--enable", "simd", "-O3", "--runtime", "stub", "--noAssert", "--use", "abort="];
  try {
    const source = join(__dirname, "assembly/walk.ts");
    execFileSync(process.execPath, [require.resolve("assemblyscript/bin/asc.js"), source, ...how, "-o", out]);
    const base64 = readFileSync(out).toString("base64");
    return `/** The module that \`npm run wasm\` compiles from \`assembly/\`, in base64. */\nexport const MODULE =\n  "${base64}";\n`;
  } finally {
    rmSync(dir, { recursive: true });
  }
};

if (require.main === module) writeFileSync(MODULE_FILE, compile());
