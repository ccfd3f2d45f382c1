import type { RegisterResourceRequest, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import type { Autonaming } from "./autonaming";

/** A resource that the program declares. */
export interface DeclaredResource {
  urn: string;
  type: string;
  name: string;
  /** Name of the parent; empty for a resource whose parent is the stack. */
  parent: string;
  // biome-ignore lint/suspicious/noExplicitAny: inputs have the shape of each resource type's own arguments
  inputs: Record<string, any>;
  /** Inputs and what AWS would add: name, id, ARN. */
  // biome-ignore lint/suspicious/noExplicitAny: as inputs
  state: Record<string, any>;
}

/** A registration of a resource, as it went over the wire, and the monitor's answer. */
export interface Registration {
  request: RegisterResourceRequest;
  answer: RegisterResourceResponse;
}

/** The resources that a program declares for a stack. */
export interface Program {
  project: string;
  stack: string;
  region: string;
  /** The stack's `pulumi:autonaming`; Pulumi's default, if absent. */
  autonaming?: Autonaming;
  /** Resources in the order in which the program declares them. */
  resources: DeclaredResource[];
  /** Every registration, in the order of the answers. */
  registrations: Registration[];
  /** Functions of the provider that it called, by token, each once. */
  invokes: string[];
  outputs: Record<string, unknown>;
  /** Warnings that `pulumi up` would print. */
  warnings: string[];
}

/** The program, the stack or its configuration is invalid. */
export class ProgramError extends Error {}

export const STACK_TYPE = "pulumi:pulumi:Stack";

/** The monitor for tests writes the stack's type into URNs, which the engine does not. */
export const engineUrn = (text: string): string => text.replace(`${STACK_TYPE}$`, "");
