import assert from "node:assert/strict";
import type { Engine } from "./engine";
import { difference, operations, planOf } from "./plans";
import type { Report } from "./report";
import type { Result } from "./result";

// The component as a plugin, from a program in YAML, which Pulumi's own host of such programs reads: the stack of index.ts
// continues with it without a change.

const TYPE = "flow-log-analytics:index:FlowLogAnalytics";
const STACK = "dev";
const OTHER_FIELDS = ["recommended", "region", "az-id"];

/** The program of the stack `dev` in YAML, whose arguments are these beside its own. */
const programOf = (properties: object) => ({
  variables: {
    vpc: { "fn::invoke": { function: "aws:ec2:getVpc", arguments: { default: true } } },
  },
  resources: {
    flows: {
      type: TYPE,
      properties: {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the program's
        vpcs: { default: "${vpc.id}" },
        // biome-ignore lint/suspicious/noTemplateCurlyInString: as above
        insideCidrBlocks: ["${vpc.cidrBlock}"],
        fields: ["recommended"],
        forceDestroy: true,
        ...properties,
      },
    },
  },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as above
  outputs: { athenaConsole: "${flows.consoleLink}", table: "${flows.table.name}" },
});

const done = async (report: Report, what: string, command: () => Promise<Result>): Promise<string[]> => {
  const { failure, steps } = await report(what, command);
  assert.equal(failure, undefined, `${what}: ${failure}`);
  return operations(steps);
};

/** Continues a stack of index.ts in YAML, changes its fields, and destroys it. */
export const goOnInYaml = (host: string) => async (engine: Engine, report: Report) => {
  engine.skipTypes();
  await done(report, "up, TypeScript", engine.up);
  const { athenaConsole, table } = await engine.outputs();
  engine.become({ host, program: programOf({}) });
  // The engine compares every input, the function's archive by its hash.
  assert.deepEqual(await done(report, "up, YAML", engine.up), []);
  assert.deepEqual(await engine.outputs(), { athenaConsole, table });
  engine.become({ host, program: programOf({ fields: ["srcadr"] }) });
  const { failure } = await report("up, YAML, a mistake", engine.up);
  assert.match(failure ?? "it succeeds", /unknown field "srcadr"; did you mean "srcaddr"\?/);
  const change = { fields: OTHER_FIELDS, previousFields: [["recommended"]] };
  engine.become({ host, program: programOf(change) });
  const texts = Object.fromEntries(
    Object.entries(change).map(([name, value]) => [name, JSON.stringify(value)]),
  );
  assert.deepEqual(
    await done(report, "up, YAML, other fields", engine.up),
    difference(await planOf(STACK), await planOf(STACK, texts)),
  );
  const destroyed = await done(report, "destroy, YAML", engine.destroy);
  const all = [...(await planOf(STACK, texts)).keys()].map((urn) => ({ op: "delete", urn }));
  assert.deepEqual(destroyed, operations(all));
};
