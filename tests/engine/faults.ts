import { existsSync, readFileSync, writeFileSync } from "node:fs";

// Errors of AWS that pass by themselves, and the AWS provider's way with them.
//
// A role or policy that IAM has just taken is not yet known to the services that use it: they refuse what names the role
// until it is. The provider (terraform-provider-aws, which Pulumi's wraps) knows each service's message and tries again, for
// two minutes with most services and for five with Lambda. Every service also refuses calls that come too fast; the SDK
// then tries again, 25 times by the provider's default. So most of this never reaches the engine. What lasts longer does,
// as a failed create, update or delete of one resource, and the next `up` must go on from there.
//
// Here a try takes no time, so a number of tries stands for the minutes. The messages are the services' own. That all of
// them know a role after the same number of tries is this stand-in's simplification.

type Properties = Record<string, unknown>;

/** Tries that the provider makes of one call before it gives up. */
export const TRIES = 25;

/** Each service's error for a role that it cannot assume yet. */
const NOT_YET: Record<string, (role: string) => string> = {
  "aws:ec2/flowLog:FlowLog": () => "InvalidParameter: Unable to assume given IAM role",
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": (role) =>
    `InvalidArgumentException: Firehose is unable to assume role ${role}. Please check the role provided.`,
  "aws:lambda/function:Function": () =>
    "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.",
  "aws:scheduler/schedule:Schedule": () =>
    "ValidationException: The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
  "aws:sfn/stateMachine:StateMachine": () =>
    "AccessDeniedException: Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.",
};

/** Returns the ARNs of roles that a resource hands to its service, wherever they are in its inputs. */
const rolesOf = (value: unknown, name = ""): string[] => {
  if (typeof value === "string") return /^(role|roleArn|iamRoleArn)$/.test(name) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => rolesOf(inner, Array.isArray(value) ? name : key));
};

/** Faults that pass after a number of calls. They outlive the provider, which the engine starts for each command. */
export class Faults {
  private readonly seen: Record<string, number>;

  /**
   * @param file where the calls are counted
   * @param late calls with a role that are refused until the services know it
   * @param throttles calls of each resource and operation that come too fast
   */
  constructor(
    private readonly file: string,
    private readonly late: number,
    private readonly throttles: number,
  ) {
    this.seen = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  }

  /** Returns the error that AWS answers a call with now, if any. */
  refusal(call: "create" | "update" | "delete", type: string, name: string, inputs: Properties) {
    if (this.isEarly(`${call} ${type} ${name}`, this.throttles)) return "ThrottlingException: Rate exceeded";
    const message = call === "delete" ? undefined : NOT_YET[type];
    const role = message && rolesOf(inputs).find((each) => this.isEarly(each, this.late));
    return role && message(role);
  }

  /** Counts a call, and returns true if it is one of the first so many of its kind. */
  private isEarly(kind: string, many: number): boolean {
    const count = this.seen[kind] ?? 0;
    if (count >= many) return false;
    this.seen[kind] = count + 1;
    writeFileSync(this.file, JSON.stringify(this.seen));
    return true;
  }
}
