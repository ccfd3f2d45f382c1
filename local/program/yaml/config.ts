import { ProgramError } from "../declared";
import type { Run } from "../run";

interface Declaration {
  type?: string;
  default?: unknown;
}

/** The type of a configuration value: as declared, or that of its default. */
const typeOf = ({ type, default: value }: Declaration): string =>
  type ?? (value === undefined ? "string" : typeof value);

const read = (text: string, type: string, key: string): unknown => {
  if (type.toLowerCase() === "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    throw new ProgramError(`the configuration value ${key} must be of type ${type}; got "${text}"`);
  }
};

/** The values that a program in YAML may name: those that it declares, each of its type. */
export const configurationOf = ({ project, config }: Run): Map<string, unknown> => {
  const declared = project.manifest.config;
  const values = new Map<string, unknown>();
  if (typeof declared !== "object") return values;
  for (const [name, entry] of Object.entries(declared)) {
    const isDeclaration = typeof entry === "object" && entry !== null && !Array.isArray(entry);
    const declaration: Declaration = isDeclaration ? (entry as Declaration) : { default: entry };
    const key = name.includes(":") ? name : `${project.name}:${name}`;
    if (config[key] === undefined)
      throw new ProgramError(`the program ${project.name} needs the configuration value ${name}`);
    values.set(name, read(config[key], typeOf(declaration), name));
  }
  return values;
};
