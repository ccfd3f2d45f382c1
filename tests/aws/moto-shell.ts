import { PlayedShell } from "./played";
import { runIn, type Shell } from "./shell";

/** Credentials that moto takes. */
const NOBODY = {
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_SESSION_TOKEN: undefined,
  AWS_PROFILE: undefined,
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
};

/**
 * A shell in which the real AWS CLI calls moto, with stand-ins for Pulumi and `flowlogs query`. The CLI is version 1, which
 * PyPI has: it writes bytes as version 2 does with an option that it lacks.
 */
export class MotoShell implements Shell {
  private readonly played: PlayedShell;

  constructor(
    private readonly python: string,
    private readonly url: string,
    answers: [begin: string, answer: unknown][],
  ) {
    this.played = new PlayedShell(answers);
  }

  /** Calls moto through the AWS CLI. @throws Error with what the CLI says */
  aws(args: string[]): string {
    const env = { ...process.env, ...NOBODY, AWS_ENDPOINT_URL: this.url, AWS_DEFAULT_REGION: "us-east-1" };
    const place = args.indexOf("--cli-binary-format");
    const taken = place < 0 ? args : [...args.slice(0, place), ...args.slice(place + 2)];
    return runIn(process.cwd(), this.python, ["-m", "awscli", ...taken], { env });
  }

  run(command: string, args: string[], input?: string): string {
    if (command === "aws") return this.aws(args);
    // `flowlogs traffic` really runs. Commands that query Athena get prepared answers.
    if (args.includes("traffic")) return runIn(process.cwd(), command, args, { input });
    return this.played.run(command, args);
  }

  async wait(): Promise<void> {}
}
