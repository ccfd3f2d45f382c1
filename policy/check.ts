import { readFileSync } from "node:fs";

// The package's command: flowlogs-policy check config.json. Pulumi's engine ignores unknown names of rules, and reports
// other mistakes only in a preview.

const USAGE = `Usage: flowlogs-policy check <file>

Checks a file for --policy-pack-config: names of rules, their options, levels. - reads standard input.

  flowlogs-policy check config.json
  jq .policies settings.json | flowlogs-policy check -

Exits with 0 if the file will do, 1 if it has mistakes, 2 if it cannot be read.
`;

const DONE = 0;
const FAILED = 1;
const MISUSED = 2;

/** Runs the command and returns its exit code. The rules are loaded when there is something to check. */
export async function main(args: string[]): Promise<number> {
  if (args.some((arg) => /^(-h|--help|help)$/.test(arg))) {
    process.stdout.write(USAGE);
    return DONE;
  }
  const [command, file, ...others] = args;
  if (command !== "check" || file === undefined || others.length > 0) return misused(args);
  let text: string;
  try {
    text = readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    process.stderr.write(`${file} cannot be read: ${(error as Error).message}\n`);
    return MISUSED;
  }
  return check(file, text);
}

function misused([command, ...rest]: string[]): number {
  const problem =
    command === undefined
      ? "a command is missing"
      : command !== "check"
        ? `there is no command ${JSON.stringify(command)}; the one there is, is check`
        : rest.length === 0
          ? "check needs a file"
          : "check takes one file";
  process.stderr.write(`${problem}\n\n${USAGE}`);
  return MISUSED;
}

async function check(file: string, text: string): Promise<number> {
  const [{ ConfigError }, { parseConfig }, { rules }] = await Promise.all([
    import("./config"),
    import("./config-file"),
    import("./rules"),
  ]);
  try {
    parseConfig(text, rules);
    process.stderr.write(`${file} will do\n`);
    return DONE;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${file}: ${error.message}\n`);
    return FAILED;
  }
}
