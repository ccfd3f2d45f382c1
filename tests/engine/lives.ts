import assert from "node:assert/strict";
import { join } from "node:path";
import { LANGUAGES } from "../languages/languages";
import { addAddress, addFolder, liveIn } from "../languages/living";
import { startFromTemplates } from "../languages/templates";
import { live } from "./changing";
import { findYamlHost } from "./cli";
import { drift } from "./drifting";
import type { Engine } from "./engine";
import { cut, fail } from "./failing";
import { keep, refuse } from "./keeping";
import { move } from "./moving";
import { type Naming, name } from "./naming";
import { rename } from "./renaming";
import type { Report } from "./report";
import { keepState, RELEASES, upgrade } from "./upgrading";
import { giveUp, wait } from "./waiting";
import { goOnInYaml } from "./yaml";

/** A sequence of changes to a stack, each life with its own engine. */
export interface Life {
  title: string;
  stack: string;
  /** The path of its program; index.ts, if absent. */
  program?: string;
  live: (engine: Engine, report: Report) => Promise<void>;
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: Pulumi's own form of a pattern
const PATTERN = "acme-${stack}-${name}-${alphanum(4)}";
const byPattern: Naming = ["pattern", PATTERN, /^acme-dev-flows-lake-[a-z0-9]{4}$/];
const byProgram: Naming = ["mode", "verbatim", /^flows-lake$/];

/** The policy pack stops a bucket without protection. */
const violate = async (engine: Engine, report: Report) => {
  const { failure, violations } = await report("preview", engine.previewWithPolicy);
  assert.ok(violations.length > 0, failure ?? "a bare bucket violates nothing");
  assert.ok(failure, "a bare bucket passes the policy pack");
};

const inYaml: Life["live"] = (engine, report) => goOnInYaml(findYamlHost(console.log))(engine, report);

export const LIVES: Life[] = [
  { title: "dev", stack: "dev", live: live("dev") },
  { title: "prod", stack: "prod", live: live("prod") },
  { title: "keep", stack: "prod", live: keep },
  { title: "yaml", stack: "dev", live: inYaml },
  { title: "python", stack: "dev", live: liveIn(LANGUAGES.python, addFolder) },
  { title: "go", stack: "dev", live: liveIn(LANGUAGES.go, addFolder) },
  { title: "nodejs", stack: "dev", live: liveIn(LANGUAGES.nodejs, addFolder) },
  { title: "git", stack: "dev", live: liveIn(LANGUAGES.nodejs, addAddress) },
  { title: "new", stack: "dev", live: startFromTemplates },
  { title: "move", stack: "prod", live: move },
  { title: "drift", stack: "dev", live: drift },
  { title: "fail", stack: "dev", live: fail },
  { title: "late", stack: "dev", live: giveUp },
  { title: "wait", stack: "dev", live: wait },
  { title: "cut", stack: "dev", live: cut },
  { title: "rename", stack: "dev", live: rename(false) },
  { title: "forced", stack: "dev", live: rename(true) },
  { title: "refuse", stack: "dev", live: refuse },
  { title: "pattern", stack: "dev", live: (engine, report) => name(engine, byPattern, report) },
  { title: "verbatim", stack: "dev", live: (engine, report) => name(engine, byProgram, report) },
  ...RELEASES.map((release) => ({ title: release, stack: "prod", live: upgrade(release) })),
  { title: "bare", stack: "dev", program: join(__dirname, "bare-bucket.ts"), live: violate },
];

/** True if a run of all lives leaves it out. It runs by name, once for each release. */
export const KEEP_STATE: Life = { title: "keep-state", stack: "prod", live: keepState };
