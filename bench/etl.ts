import { cpus } from "node:os";
import { Command, InvalidArgumentError } from "commander";
import { Progress } from "../cli/output/progress";
import { wholeNumber } from "../cli/usage";
import { Endpoint } from "./endpoint";
import { GROUPS } from "./groups";
import { type Cell, type Effort, measure } from "./measure";
import { ratiosOf, report } from "./report";
import { Workplace } from "./workplace";

interface Options {
  rounds?: number;
  only?: RegExp;
  quick?: boolean;
  json?: boolean;
}

// V8 compiles the SDK's many small functions one by one: a sandbox is in its steady state after some thousand requests.
const FULL: Effort = {
  rounds: 9,
  warmUpCalls: 4000,
  warmUpMb: 430,
  coldStarts: 3,
  roundMb: 8,
  mostCalls: 300,
};
const QUICK: Effort = { rounds: 2, warmUpCalls: 50, warmUpMb: 1, coldStarts: 1, roundMb: 0.5, mostCalls: 50 };

const pattern = (text: string) => {
  try {
    return new RegExp(text);
  } catch {
    throw new InvalidArgumentError("Give a regular expression, such as 'transform v2'.");
  }
};

const bench = async ({ rounds, only, quick, json }: Options) => {
  const groups = GROUPS.filter(({ name }) => only === undefined || only.test(name));
  if (groups.length === 0) {
    throw new Error(`--only leaves nothing of: ${GROUPS.map(({ name }) => name).join(", ")}`);
  }
  const effort = { ...(quick ? QUICK : FULL), ...(rounds && { rounds }) };
  const progress = new Progress();
  const place = new Workplace();
  const endpoint = await Endpoint.start();
  const cells: Cell[] = [];
  try {
    for (const group of groups) {
      progress.show(group.name);
      cells.push(...(await measure(group, effort, place, endpoint)));
    }
  } finally {
    progress.clear();
    endpoint.stop();
    place.remove();
  }
  const machine = { node: process.version, cpus: cpus().length };
  const all = { machine, cells, ratios: ratiosOf(cells) };
  process.stdout.write(json ? `${JSON.stringify(all, null, 2)}\n` : report(cells));
};

const program = new Command("bench")
  .description("measure the Lambda function as it is deployed, beside other ways to do its work")
  .option("--rounds <n>", "rounds of each contender, of which the median counts", wholeNumber(1))
  .option(
    "--only <regex>",
    "only some of: mode, format and lines of an event, as in 'transform v2 1000'",
    pattern,
  )
  .option("--quick", "small and few rounds: shows that it works, not how fast")
  .option("--json", "print one object with every figure")
  .action(bench);

program.parseAsync().catch((error) => {
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode = 1;
});
