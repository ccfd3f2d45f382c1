import type { Inputs, On } from "./places";

/** Condition under which a row applies, and under which its actions are allowed. */
export interface How {
  /** Returns true if a resource with these inputs needs the actions; if absent, all resources need them. */
  if?: (inputs: Inputs) => boolean;
  /** Service that calls with the deployer's permissions. The deployer's direct calls are not allowed. */
  through?: string;
  /** Service of the service-linked role. */
  linkedTo?: string;
}

/** Actions that the AWS provider's calls for a resource need, with spaces between, by operation. */
export type CallRow = [on: On, create: string, read: string, update: string, remove: string, how?: How];
