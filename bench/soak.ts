import { Command } from "commander";
import { Progress } from "../cli/output/progress";
import { wholeNumber } from "../cli/usage";
import { createRandom } from "../local/traffic/conversations";
import { eventOf, pool } from "./events";
import { FlakyFirehose, marked } from "./flaky";
import { median } from "./measure";
import { SoakedFunction } from "./soaked";
import { LAYOUTS, Workplace } from "./workplace";

/** Sizes of events in lines. Small ones are the most frequent, as in an account. */
const SIZES = [20, 20, 20, 1000, 1000, 10_000];
/** One in so many lines does not fit its format. */
const ODD = 50;
const MOST_GROWTH = 0.2;
/** Seconds before memory is measured, because a process grows while it starts. */
const WARM_UP = 20;

/** Yields numbered lines without end: those of the made-up day, repeated. */
function* numbered(lines: readonly string[]): Generator<string> {
  for (let id = 0; ; id++) {
    const line = marked(lines[id % lines.length], id);
    yield id % ODD === 0 ? `${line} odd` : line;
  }
}

/** Sends events to the function until the time is over, one at a time. */
const load = async (fn: SoakedFunction, seconds: number, seed: number, progress: Progress) => {
  const random = createRandom(~seed);
  const lines = numbered(pool(LAYOUTS.all));
  const end = Date.now() + (WARM_UP + seconds) * 1000;
  const totals = { invocations: 0, sent: 0, reported: 0 };
  while (Date.now() < end) {
    const size = random.pick(SIZES);
    const { event } = eventOf(Array.from({ length: size }, () => lines.next().value));
    const report = await fn.invoke(event);
    totals.invocations++;
    totals.sent += size;
    totals.reported += report?.lines ?? 0;
    progress.show(`${totals.sent.toLocaleString("en")} lines`);
  }
  return totals;
};

/** Returns the growth of the function's memory from the first quarter of the time to the last. */
const growth = (rss: readonly number[]) => {
  const quarter = Math.max(1, Math.floor(rss.length / 4));
  const [first, last] = [median(rss.slice(0, quarter)), median(rss.slice(-quarter))];
  return { firstQuarterMb: first / 1e6, lastQuarterMb: last / 1e6, rssGrowth: last / first - 1 };
};

const soak = async ({ seconds, seed, json }: { seconds: number; seed: number; json?: boolean }) => {
  const place = new Workplace();
  const firehose = new FlakyFirehose(seed);
  const progress = new Progress();
  const fn = await SoakedFunction.start(await place.handler("etl", "all"), await firehose.listen());
  try {
    const { invocations, sent, reported } = await load(fn, seconds, seed, progress);
    const { entries, refusedEntries, refusedCalls } = firehose;
    const figures = {
      invocations,
      failedInvocations: fn.failures,
      lines: sent,
      reported,
      ...firehose.audit(sent),
      entries,
      refusedEntries,
      refusedCalls,
      ...growth(fn.rss.slice(WARM_UP)),
    };
    progress.clear();
    const text = Object.entries(figures).map(([name, n]) => `${name.padEnd(18)}${Number(n.toFixed(3))}\n`);
    process.stdout.write(json ? `${JSON.stringify(figures, null, 2)}\n` : text.join(""));
    if (figures.missing > 0) throw new Error(`${figures.missing} lines are missing`);
    if (reported !== sent) throw new Error(`the function reports ${reported} of ${sent} lines`);
    if (figures.rssGrowth > MOST_GROWTH) throw new Error("the function's memory grows");
  } finally {
    fn.stop();
    firehose.close();
    place.remove();
  }
};

new Command("soak")
  .description(
    "the whole function against a Firehose that refuses a third of everything: no line may be lost",
  )
  .option("--seconds <n>", `how long, after ${WARM_UP} seconds to warm up`, wholeNumber(20), 60)
  .option("--seed <n>", "other number, other refusals", wholeNumber(0, 2 ** 32 - 1), 1)
  .option("--json", "print one object with every figure")
  .action(soak)
  .parseAsync()
  .catch((error) => {
    process.stderr.write(`soak: ${error.message}\n`);
    process.exitCode = 1;
  });
