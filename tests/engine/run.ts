import { type Cli, findCli, NoCli } from "./cli";
import { Engine } from "./engine";
import { KEEP_STATE, LIVES, type Life } from "./lives";
import { reportOf } from "./report";

// Drives Pulumi's own engine through lives of a stack, all or those that are named.

const USAGE = "npm run test:engine -- [life…]";

/** Number of lives that run at the same time. Two are enough for two cores, since a command mostly waits. */
const AT_A_TIME = 2;

const say = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Returns the named lives. If a name is unknown, prints that and returns undefined. */
const askedFor = (titles: string[]): Life[] | undefined => {
  const known = [...LIVES, KEEP_STATE];
  const unknown = titles.filter((title) => !known.some((life) => life.title === title));
  if (unknown.length === 0)
    return titles.length === 0 ? LIVES : known.filter(({ title }) => titles.includes(title));
  const there = known.map(({ title }) => title).join(", ");
  console.error(`there is no life ${unknown.join(", ")}; there are ${there}: ${USAGE}`);
  return undefined;
};

/** Runs a life, and keeps the engine's folder if it fails. Returns true if it succeeds. */
const run = async (cli: Cli, { title, stack, program, live }: Life): Promise<boolean> => {
  const engine = await Engine.open(cli, stack, program);
  try {
    await live(engine, reportOf(title));
    engine.close();
    return true;
  } catch (error) {
    if (error instanceof NoCli) {
      console.log(`${title} skipped: ${error.message}`);
      return true;
    }
    console.error(`${title} failed; the project and its state are in ${engine.folder}\n${say(error)}`);
    return false;
  }
};

const main = async () => {
  const lives = askedFor(process.argv.slice(2));
  if (!lives) return 2;
  const cli = await findCli(console.log);
  console.log(`the Pulumi CLI ${cli.command.version}, ${cli.command.command}`);
  const [waiting, failed] = [[...lives], [] as string[]];
  const goOn = async () => {
    for (let life = waiting.shift(); life; life = waiting.shift())
      if (!(await run(cli, life))) failed.push(life.title);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, goOn));
  if (failed.length > 0) console.error(`failed: ${failed.join(", ")}`);
  return failed.length > 0 ? 1 : 0;
};

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    if (error instanceof NoCli) return console.log(`skipped: ${error.message}`);
    console.error(say(error));
    process.exitCode = 1;
  },
);
