import { type Permitted, POLICY_BYTES, policyBytes } from "../../components/function-policy";
import { mostOf } from "../../components/quotas";
import { excessesOf } from "../../components/quotas/excess";

type Inputs = Record<string, unknown>;

const ROLE_POLICIES = mostOf("aws:iam/rolePolicy:RolePolicy", "policy", "characters together");

/** Finds resources that exceed AWS's limits, alone or together. */
export class Limits {
  readonly excesses: string[] = [];
  private readonly permissions = new Map<string, Permitted[]>();
  private readonly policies = new Map<string, number>();

  /** Adds a resource, with its inputs and its physical name. */
  note(type: string, name: string, inputs: Inputs, accountId: string): void {
    this.excesses.push(...excessesOf(type, name, inputs));
    if (type === "aws:lambda/permission:Permission") this.notePermission(name, inputs, accountId);
    if (type === "aws:iam/rolePolicy:RolePolicy") this.notePolicy(inputs);
  }

  private notePermission(name: string, inputs: Inputs, accountId: string) {
    const { function: fn, sourceArn } = inputs;
    const all = this.permissions.get(String(fn)) ?? [];
    const [, partition, , region] = String(sourceArn).split(":");
    const functionArn = `arn:${partition}:lambda:${region}:${accountId}:function:${fn}`;
    all.push({ sid: `${name}-1234567`, functionArn, accountId, sourceArn: String(sourceArn) });
    this.permissions.set(String(fn), all);
    const bytes = policyBytes(all);
    if (bytes > POLICY_BYTES)
      this.excesses.push(
        `${name}: the function's policy has ${bytes} bytes with it, and AWS takes ${POLICY_BYTES}`,
      );
  }

  private notePolicy({ role, policy }: Inputs) {
    const characters = (this.policies.get(String(role)) ?? 0) + String(policy).replaceAll(/\s/g, "").length;
    this.policies.set(String(role), characters);
    if (characters > ROLE_POLICIES)
      this.excesses.push(
        `${role}: its policies have ${characters} characters, and AWS takes ${ROLE_POLICIES}`,
      );
  }
}
