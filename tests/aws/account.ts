import { join } from "node:path";
import { PROJECT_DIR } from "../../local/program";
import type { Shell } from "./shell";

// biome-ignore lint/suspicious/noExplicitAny: each call has its own answer
type Answer = any;

/** Name of the stack that is deployed and destroyed. No other stack has it. */
export const STACK = "verify";

/** An account and the stack in it, through the AWS CLI, the Pulumi CLI and `flowlogs`. */
export class Account {
  constructor(
    private readonly shell: Shell,
    readonly region: string,
  ) {}

  /** Calls AWS and returns its answer. */
  aws(...args: string[]): Answer {
    const out = this.shell.run("aws", [...args, "--region", this.region, "--output", "json"]);
    return out.trim() === "" ? {} : JSON.parse(out);
  }

  /** Reads an object of JSON. */
  object(bucket: string, key: string): Answer {
    return JSON.parse(
      this.shell.run("aws", ["s3", "cp", `s3://${bucket}/${key}`, "-", "--region", this.region]),
    );
  }

  pulumi(...args: string[]): string {
    return this.shell.run("pulumi", [...args, "--stack", STACK]);
  }

  configure(name: string, value: string): void {
    this.pulumi("config", "set", name, value);
  }

  outputs(): Answer {
    return JSON.parse(this.pulumi("stack", "output", "--json"));
  }

  /** The name that AWS knows a resource of the stack by. */
  nameOf(type: string, name: RegExp): string {
    const { deployment } = JSON.parse(this.pulumi("stack", "export"));
    const found = deployment.resources.find(
      (each: { type: string; urn: string }) => each.type === type && name.test(each.urn),
    );
    if (!found) throw new Error(`the stack has no ${type} whose name is like ${name}`);
    return found.id;
  }

  /** Asks Athena, and returns the rows. */
  ask(sql: string): Answer[] {
    const outputs = JSON.stringify(this.outputs());
    const cli = join(PROJECT_DIR, "cli/flowlogs.js");
    const args = [cli, "query", "--engine", "athena", "--stack-outputs", "-", "--json", "--sql", sql];
    return JSON.parse(this.shell.run(process.execPath, args, outputs));
  }

  /** Synthetic lines of a format. */
  lines(format: string, count: number): string[] {
    const day = new Date().toISOString().slice(0, 10);
    const cli = join(PROJECT_DIR, "cli/flowlogs.js");
    const args = [cli, "traffic", "--format", format, "--lines", String(count), "--day", day];
    return this.shell.run(process.execPath, args).trim().split("\n");
  }

  /** Polls every 15 seconds until there is a result, for at most this many minutes. */
  async until<T>(what: string, minutes: number, look: () => T | undefined): Promise<T> {
    for (let tries = 0; tries <= minutes * 4; tries++) {
      const found = look();
      if (found !== undefined) return found;
      await this.shell.wait(15);
    }
    throw new Error(`${what}: nothing after ${minutes} minutes`);
  }
}
