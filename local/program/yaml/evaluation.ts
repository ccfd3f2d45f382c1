import { ResourceInvokeRequest } from "@pulumi/pulumi/proto/resource_pb";
import { ProgramError } from "../declared";
import type { Run } from "../run";
import { configurationOf } from "./config";
import { partsOf, type Reference } from "./expression";
import { callFunction } from "./functions";
import type { Declare, Made, YamlProgram } from "./program";
import { providerToken } from "./tokens";
import { at, plain, Referred, referring, structOf, UNKNOWN, urnsIn } from "./values";

/** Evaluates a program in YAML: each variable and resource once, when it is first needed. */
export class Evaluation {
  private readonly config: Map<string, unknown>;
  private readonly variables = new Map<string, Promise<unknown>>();
  private readonly resources = new Map<string, Promise<Made>>();
  /** Names that are being evaluated. One that is asked for again waits for itself. */
  private readonly open = new Set<string>();

  constructor(
    private readonly run: Run,
    private readonly program: YamlProgram,
    private readonly declare: Declare,
  ) {
    this.config = configurationOf(run);
  }

  /** A resource, registered with all that it refers to. */
  resource(name: string): Promise<Made> {
    this.refuseCircle(name);
    const known = this.resources.get(name);
    if (known) return known;
    this.open.add(name);
    const made = this.declare(name, this.program.resources[name], this).finally(() => this.open.delete(name));
    this.resources.set(name, made);
    return made;
  }

  /** Returns a value of the program with its references resolved. */
  async value(given: unknown): Promise<unknown> {
    if (typeof given === "string") return this.text(given);
    if (typeof given !== "object" || given === null) return given;
    if (Array.isArray(given)) return this.each(given);
    const [[key, argument] = [], ...others] = Object.entries(given);
    if (key?.startsWith("fn::") && others.length === 0) return this.call(key.slice("fn::".length), argument);
    const values = await this.each(Object.values(given));
    return Object.fromEntries(Object.keys(given).map((name, n) => [name, values[n]]));
  }

  /** One after another, so that resources are registered in the order in which the program has them. */
  private async each(values: unknown[]): Promise<unknown[]> {
    const all = [];
    for (const value of values) all.push(await this.value(value));
    return all;
  }

  private async text(text: string): Promise<unknown> {
    const parts = partsOf(text);
    const values = [];
    for (const part of parts) values.push(typeof part === "string" ? part : await this.reference(part));
    if (values.length === 1) return values[0];
    const known = values.map(plain);
    return referring(known.includes(UNKNOWN) ? UNKNOWN : known.join(""), urnsIn(values));
  }

  private async reference({ name, path }: Reference): Promise<unknown> {
    const { project, stack, monitor } = this.run;
    const find = (urn: string) => monitor.find(urn);
    if (name === "pulumi") {
      const known = {
        cwd: project.dir,
        rootDirectory: project.dir,
        project: project.name,
        stack,
        organization: "organization",
      };
      return at(known, path, find);
    }
    if (Object.hasOwn(this.program.resources, name)) {
      const { urn, id, state } = await this.resource(name);
      const value = path.length === 0 ? (id ?? urn) : { ...state, id: id ?? UNKNOWN, urn };
      return new Referred(at(value, path, find), [urn]);
    }
    if (Object.hasOwn(this.program.variables, name)) return at(await this.variable(name), path, find);
    const short = name.replace(`${project.name}:`, "");
    if (this.config.has(short)) return at(this.config.get(short), path, find);
    throw new ProgramError(`the program ${project.name} refers to ${name}, which it does not have`);
  }

  private variable(name: string): Promise<unknown> {
    this.refuseCircle(name);
    const known = this.variables.get(name);
    if (known) return known;
    this.open.add(name);
    const value = this.value(this.program.variables[name]).finally(() => this.open.delete(name));
    this.variables.set(name, value);
    return value;
  }

  private refuseCircle(name: string): void {
    if (!this.open.has(name)) return;
    throw new ProgramError(`${name} in the program ${this.run.project.name} refers to itself`);
  }

  private async call(name: string, argument: unknown): Promise<unknown> {
    if (name === "invoke") return this.invoke((argument ?? {}) as Invoke);
    // fn::aws:ec2:getVpc is short for an invoke of that function.
    if (name.includes(":")) return this.invoke({ function: name, arguments: argument });
    const value = await this.value(argument);
    return referring(callFunction(name, plain(value), this.run.project.dir), urnsIn(value));
  }

  private async invoke({ function: token, arguments: given, return: property }: Invoke): Promise<unknown> {
    const { monitor } = this.run;
    const values = (await this.value(given ?? {})) as Record<string, unknown>;
    const request = new ResourceInvokeRequest().setTok(providerToken(token)).setArgs(structOf(values));
    const answer = await new Promise<unknown>((resolve, reject) => {
      void monitor.invoke(
        request,
        (error: Error | null, response?: { getReturn(): { toJavaScript(): unknown } }) =>
          error ? reject(error) : resolve(response?.getReturn().toJavaScript()),
      );
    });
    return referring(property ? at(answer, [property], () => undefined) : answer, urnsIn(values));
  }
}

interface Invoke {
  function: string;
  arguments?: unknown;
  return?: string;
}
