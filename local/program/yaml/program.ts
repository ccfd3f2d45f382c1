import { ProgramError } from "../declared";
import type { Project } from "../project";
import type { Evaluation } from "./evaluation";

/** A resource as the program declares it. */
export interface YamlResource {
  type: string;
  name?: string;
  properties?: Record<string, unknown>;
  options?: Record<string, unknown>;
  get?: unknown;
}

/** Content of a program in YAML, without its configuration. */
export interface YamlProgram {
  variables: Record<string, unknown>;
  resources: Record<string, YamlResource>;
  outputs: Record<string, unknown>;
}

/** A resource that was registered. */
export interface Made {
  urn: string;
  id?: string;
  state: Record<string, unknown>;
}

export type Declare = (name: string, resource: YamlResource, evaluation: Evaluation) => Promise<Made>;

/** Options that change the plan. All others make no difference. */
const OPTIONS = new Set([
  ...[
    "dependsOn",
    "parent",
    "protect",
    "ignoreChanges",
    "aliases",
    "additionalSecretOutputs",
    "customTimeouts",
  ],
  ...[
    "deleteBeforeReplace",
    "replaceOnChanges",
    "retainOnDelete",
    "deletedWith",
    "version",
    "pluginDownloadURL",
  ],
]);

/** Reads the program in a project's Pulumi.yaml. */
export const programOf = ({ dir, manifest }: Project): YamlProgram => {
  const { variables = {}, resources = {}, outputs = {} } = manifest as Partial<YamlProgram>;
  for (const [name, { type, get, options = {} }] of Object.entries(resources)) {
    if (typeof type !== "string") throw new ProgramError(`${dir}: the resource ${name} has no type`);
    if (get) throw new ProgramError(`${dir}: ${name} is read from AWS (get), which flowlogs cannot do`);
    const unknown = Object.keys(options).find((option) => !OPTIONS.has(option));
    if (unknown)
      throw new ProgramError(
        `${dir}: flowlogs does not know the option ${unknown} of ${name} in a program in YAML`,
      );
  }
  return { variables, resources, outputs };
};
