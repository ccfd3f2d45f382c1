import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pack } from "./packed";
import { useCommandLine, useComponent, useExamples, usePolicyPack } from "./uses";

// Installs the three packages as people do, with npm and with pnpm from their registry, and uses each as its README says.
// Not part of npm test, because it needs the network.

const isReachable = () => {
  try {
    execFileSync("npm", ["ping", "--fetch-retries=0", "--fetch-timeout=10000"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

const main = () => {
  if (!isReachable()) {
    console.log("skipped: the registry cannot be reached");
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "flow-logs-"));
  try {
    useComponent(folder, pack(folder));
    useCommandLine(folder, pack(folder, "cli"));
    usePolicyPack(folder, pack(folder, "policy"));
    useExamples(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

main();
