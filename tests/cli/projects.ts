import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { LAYOUTS, link } from "../package/packed";
import { BIN } from "./flowlogs";

const ROOT = resolve(__dirname, "../..");

const write = (folder: string, files: Record<string, string | object>) => {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  }
};

const COMPONENT = `const flows = new FlowLogAnalytics("edge", {
  vpcs: { main: vpc.id }, fields: ["recommended"], networks: { office: ["203.0.113.0/24"] },
});`;
const ES = `import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FlowLogAnalytics } from "flow-log-analytics";
const cidrBlock = new pulumi.Config().get("cidr") ?? "10.0.0.0/16";
const vpc = new aws.ec2.Vpc("acme", { cidrBlock });
${COMPONENT}
export const table = flows.table.name;
console.log("the program speaks");
`;
const CJS = `const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const { FlowLogAnalytics } = require("flow-log-analytics");
const cidrBlock = new pulumi.Config().get("cidr") ?? "10.0.0.0/16";
const vpc = new aws.ec2.Vpc("acme", { cidrBlock });
${COMPONENT}
exports.table = flows.table.name;
`;
const NODENEXT = { strict: true, target: "es2022", module: "nodenext", moduleResolution: "nodenext" };
const OPTIONS = { compilerOptions: { ...NODENEXT, skipLibCheck: true } };
const DEPENDENCIES = { "@pulumi/aws": "*", "@pulumi/pulumi": "*", "flow-log-analytics": "*" };

/** One program in each form in which users write it, by the project's name. */
const FORMS: Record<string, Record<string, string | object>> = {
  typescript: {
    "Pulumi.yaml": "name: typescript\nruntime: nodejs\n",
    "package.json": { name: "acme", dependencies: DEPENDENCIES },
    "tsconfig.json": {
      compilerOptions: { strict: true, module: "commonjs", moduleResolution: "node", skipLibCheck: true },
    },
    "index.ts": ES,
  },
  "typescript-esm": {
    "Pulumi.yaml": "name: typescript-esm\nruntime: nodejs\n",
    "package.json": { name: "acme", type: "module", dependencies: DEPENDENCIES },
    "tsconfig.json": OPTIONS,
    "index.ts": ES,
  },
  javascript: {
    "Pulumi.yaml":
      "name: javascript\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nmain: src\n",
    "package.json": { name: "acme", dependencies: DEPENDENCIES },
    "src/index.js": CJS,
  },
  "javascript-esm": {
    "Pulumi.yaml": "name: javascript-esm\nruntime: nodejs\n",
    "package.json": { name: "acme", type: "module", main: "index.js", dependencies: DEPENDENCIES },
    "index.js": ES,
  },
  yaml: {
    "Pulumi.yaml": `name: yaml
runtime: yaml
config:
  cidr:
    type: string
    default: 10.0.0.0/16
packages:
  flow-log-analytics: ./node_modules/flow-log-analytics
variables:
  block: \${cidr}
resources:
  acme:
    type: aws:ec2:Vpc
    properties:
      cidrBlock: \${block}
  edge:
    type: flow-log-analytics:FlowLogAnalytics
    properties:
      vpcs:
        main: \${acme.id}
      fields:
        - recommended
      networks:
        office: [203.0.113.0/24]
outputs:
  table: \${edge.table.name}
`,
  },
};
export const PROJECTS = Object.keys(FORMS);

/** Makes a user's project, with the packed component and its peers where npm puts them. */
export const makeUserProject = (folder: string, name: string, tarball: string): string => {
  const project = join(folder, name);
  write(project, {
    ...FORMS[name],
    "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-1\n",
    "Pulumi.staging.yaml": `config:\n  ${name}:cidr: 10.9.0.0/16\n`,
  });
  LAYOUTS.npm(project, tarball);
  if (name.startsWith("typescript"))
    for (const tool of ["typescript", "ts-node", "@types/node"])
      link(join(ROOT, "node_modules", tool), join(project, "node_modules", tool));
  return project;
};

/** Runs the command in a project, whose types are checked elsewhere. */
export const inProject = (cwd: string, args: string[], input = "") => {
  const env = { ...process.env, PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
  const options = { cwd, env, input, encoding: "utf8", timeout: 120_000, maxBuffer: 1 << 28 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], options);
  return { status, stdout, stderr };
};
