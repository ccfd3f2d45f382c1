import type { PolicyResource } from "@pulumi/policy";
import type { Statement } from "./documents";
import type { Fields } from "./properties";

export type IdentityKind = "role" | "user" | "group";

/** A role, user or group of a stack. */
export interface Identity {
  kind: IdentityKind;
  resource: PolicyResource;
  props: Fields;
  /** Statements of its inline policies, of its attached ones, and of its groups'. */
  statements: Statement[];
  /** The same, policy by policy. */
  documents: Statement[][];
  /** True if all of its policies can be read, now and from this stack. */
  complete: boolean;
  /** Statements of the permissions boundary; undefined if there is none or it cannot be read. */
  boundary?: Statement[];
  /** True if a user of the stack has the policies of this group. */
  hasMembers: boolean;
  /** The names of its inline policies: those that were read, and those that it is said to have. */
  inline: { read: Set<string>; said: string[] };
}
