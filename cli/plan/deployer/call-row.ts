import type { Inputs, On } from "./places";

/** When a row holds, and under which condition its actions are allowed. */
export interface How {
  /** Returns true if a resource with these inputs needs the actions. Absent: every one does. */
  if?: (inputs: Inputs) => boolean;
  /** The service that calls in the deployer's name: the deployer's own calls are not allowed. */
  through?: string;
  /** The service whose linked role it is. */
  linkedTo?: string;
}

/** Actions that the AWS provider's calls for a resource need, with spaces between, by operation. */
export type CallRow = [on: On, create: string, read: string, update: string, remove: string, how?: How];
