import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { ProgramError, STACK_TYPE } from "../declared";
import type { Ran, Run } from "../run";
import { serveMonitor } from "../wire";
import { Declaring } from "./declare";
import { Evaluation } from "./evaluation";
import { programOf } from "./program";
import { plain, structOf, UNKNOWN } from "./values";

/** Features of the engine that a component's answer needs: it refers to the resources that it made. */
const REFERENCES = ["resourceReferences"];

const registerStack = ({ project, stack, monitor }: Run): Promise<string> =>
  new Promise((resolve, reject) => {
    const request = new RegisterResourceRequest()
      .setType(STACK_TYPE)
      .setName(`${project.name}-${stack}`)
      .setObject(structOf({}));
    void monitor.registerResource(request, (error, answer) =>
      answer ? resolve(answer.getUrn()) : reject(error),
    );
  });

/** The reason in a failure of a package or of the monitor, without what gRPC puts before it. */
const reasonOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^\d+ [A-Z_]+: /, "");
};

const evaluate = async (run: Run, declaring: Declaring): Promise<Record<string, unknown>> => {
  const program = programOf(run.project);
  const evaluation = new Evaluation(run, program, declaring.declare);
  for (const name of Object.keys(program.resources)) await evaluation.resource(name);
  const outputs: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(program.outputs)) {
    const known = plain(await evaluation.value(value));
    outputs[name] = known === UNKNOWN ? undefined : known;
  }
  return outputs;
};

/** Runs a program in YAML: its resources here, and its components by the plugins of their packages. */
export const runYaml = async (run: Run): Promise<Ran> => {
  const wire = await serveMonitor(run.monitor, REFERENCES);
  const declaring = new Declaring(run, wire);
  try {
    declaring.root = await registerStack(run);
    return { outputs: await evaluate(run, declaring), warnings: wire.warnings };
  } catch (error) {
    throw new ProgramError(`the program in ${run.project.dir} fails: ${reasonOf(error)}`);
  } finally {
    declaring.stop();
    wire.stop();
  }
};
