import assert from "node:assert/strict";
import { type DeclaredResource, type Program, runProgram } from "../../local/program";

const programs = new Map<string, Promise<Program>>();

/** Resources that index.ts declares for a stack with these configuration values replaced. Run once for all tests. */
export const graph = (stack: string, overrides: Record<string, unknown> = {}): Promise<Program> => {
  const key = JSON.stringify([stack, overrides]);
  const program = programs.get(key) ?? runProgram(stack, overrides);
  programs.set(key, program);
  return program;
};

/** Returns the resource of that name, of which there must be one. */
export const child = <R extends { name: string }>({ resources }: { resources: R[] }, name: string): R => {
  const found = resources.filter((resource) => resource.name === name);
  assert.equal(found.length, 1, `${found.length} resources are named ${name}`);
  return found[0];
};

/** Returns the one resource of that name followed by a format's digest. */
export const formatChild = <R extends { name: string }>(
  { resources }: { resources: R[] },
  name: string,
): R => {
  const found = resources.filter((resource) => new RegExp(`^${name}-f[0-9a-f]{7}$`).test(resource.name));
  assert.equal(found.length, 1, `${found.length} resources are named ${name} and a digest`);
  return found[0];
};

/** Returns every resource of a type, of which there is at least one. */
export const ofType = ({ resources }: Program, type: string): DeclaredResource[] => {
  const found = resources.filter((resource) => resource.type === type);
  assert.notEqual(found.length, 0, `the program declares no ${type}`);
  return found;
};

/** The files of a function's archive, each with its text. */
export const archiveOf = async (inputs: Record<string, unknown>): Promise<Record<string, string>> => {
  const { assets } = inputs.code as { assets: Promise<Record<string, { text?: Promise<string> }>> };
  const files = Object.entries(await assets).map(async ([path, asset]) => [path, (await asset.text) ?? ""]);
  return Object.fromEntries(await Promise.all(files));
};
