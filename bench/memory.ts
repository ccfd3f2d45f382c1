import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { Progress } from "../cli/output/progress";
import { wholeNumber } from "../cli/usage";
import { traffic } from "../local/traffic";
import { layoutFrom } from "../schema/layout";

// Measures how much memory `flowlogs run -` takes, all of its processes together, for inputs of several sizes.

const FLOWLOGS = join(__dirname, "../cli/flowlogs.js");
const MB = 1e6;
/** Lines of the made-up days, which a larger input repeats. */
const LINES = 200_000;
/** Interval of the measurement, in milliseconds. */
const PAUSE = 200;

interface Measured {
  inputMb: number;
  peakMb: number;
  seconds: number;
}

/** Returns a process and its children, from Linux's /proc. */
const treeOf = (root: number): number[] => {
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(`/proc/${name}/stat`);
      return stat ? [[Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1])]] : [];
    });
  const tree = [root];
  for (const at of tree) tree.push(...parents.filter(([, parent]) => parent === at).map(([pid]) => pid));
  return tree;
};

/** Reads a file of /proc; "" if the process has ended. */
const read = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};

/** Returns a process's proportional set size: shared pages count in proportion. */
const bytesOf = (pid: number) =>
  1024 * Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);

const feed = async ({ stdin }: ChildProcess, bytes: number, days: number) => {
  const lines = [
    ...traffic({ lines: LINES, seed: 1, from: 1_768_435_200, days, layout: layoutFrom(["default"]) }),
  ];
  const text = Buffer.from(`${lines.join("\n")}\n`);
  for (let sent = 0; sent < bytes && stdin; sent += text.length)
    if (!stdin.write(text)) await once(stdin, "drain");
  stdin?.end();
};

const measure = async (inputMb: number, days: number): Promise<Measured> => {
  const dir = mkdtempSync(join(tmpdir(), "memory-"));
  const began = performance.now();
  const child = spawn(process.execPath, [FLOWLOGS, "run", "-", "--lake", join(dir, "lake"), "--json"], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  let peak = 0;
  const look = () => {
    peak = Math.max(
      peak,
      treeOf(child.pid as number).reduce((sum, pid) => sum + bytesOf(pid), 0),
    );
  };
  const timer = setInterval(look, PAUSE);
  try {
    const [[code]] = await Promise.all([once(child, "exit"), feed(child, inputMb * MB, days)]);
    if (code !== 0) throw new Error(`flowlogs run ended with ${code}`);
  } finally {
    clearInterval(timer);
    rmSync(dir, { recursive: true, force: true });
  }
  return { inputMb, peakMb: peak / MB, seconds: (performance.now() - began) / 1000 };
};

const bench = async (sizes: string[], { most, days }: { most: number; days: number }) => {
  const progress = new Progress();
  const measured: Measured[] = [];
  for (const size of sizes.map(Number)) {
    progress.show(`${size} MB`);
    measured.push(await measure(size, days));
  }
  progress.clear();
  const peaks = measured.map(({ peakMb }) => peakMb);
  const growth = Math.max(...peaks) / peaks[0] - 1;
  process.stdout.write(`${JSON.stringify({ measured, growth }, null, 2)}\n`);
  if (growth * 100 > most) throw new Error(`memory grows by more than ${most} % with the size of the input`);
};

const program = new Command("bench:memory")
  .description("measure the peak memory of flowlogs run with inputs of several sizes on standard input")
  .argument("[megabytes...]", "sizes of the input", ["50", "250"])
  .option("--most <percent>", "the most growth from the first size on", wholeNumber(1), 10)
  .option("--days <n>", "days that the lines span", wholeNumber(1), 1)
  .action(bench);

program.parseAsync().catch((error) => {
  process.stderr.write(`bench:memory: ${error.message}\n`);
  process.exitCode = 1;
});
