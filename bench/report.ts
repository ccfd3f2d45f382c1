import { toTable } from "../cli/output/table";
import type { Cell } from "./measure";

/** Ratio of the CPU times of two contenders, for one format and size of event. */
export interface Ratio {
  name: string;
  format: string;
  lines: number;
  ratio: number;
}

const RATIOS = [
  { mode: "transform", to: "limit" },
  { mode: "transform", to: "envelope" },
  { mode: "transform", to: "naive" },
  { mode: "handler", to: "naive" },
];

export const ratiosOf = (cells: readonly Cell[]): Ratio[] =>
  RATIOS.flatMap(({ mode, to }) =>
    cells
      .filter((cell) => cell.mode === mode && cell.contender === "etl")
      .flatMap(({ format, lines, cpuMsPerMb }) => {
        const other = cells.find(
          (c) => c.mode === mode && c.contender === to && c.format === format && c.lines === lines,
        );
        const ratio = other && other.cpuMsPerMb / cpuMsPerMb;
        return ratio ? [{ name: `${mode}/${to}`, format, lines, ratio }] : [];
      }),
  );

const table = (head: string[], rows: (string | number)[][]) => {
  const types = rows[0].map((value) =>
    typeof value === "string" && !/^[\d.]+$/.test(value) ? "VARCHAR" : "INT",
  );
  return toTable({ columns: head, types, rows });
};

/** A line for each pair of contenders, a column for each format and size of event. */
const ratioTable = (ratios: readonly Ratio[]) => {
  const cases = [...new Set(ratios.map(({ format, lines }) => `${format} ${lines}`))];
  const names = [...new Set(ratios.map(({ name }) => name))];
  const rows = names.map((name) => [
    name,
    ...cases.map((c) => {
      const found = ratios.find((r) => r.name === name && `${r.format} ${r.lines}` === c);
      return found ? found.ratio.toFixed(2) : "";
    }),
  ]);
  return table(["times as fast", ...cases], rows);
};

const cellTable = (cells: readonly Cell[]) =>
  table(
    [
      "mode",
      "format",
      "lines",
      "contender",
      "first ms",
      "CPU ms/MB",
      "MB/CPU s",
      "wall ms/MB",
      "RSS MB",
      "records",
      "sent/raw",
      "billed/raw",
    ],
    cells.map((c) => [
      c.mode,
      c.format,
      c.lines,
      c.contender,
      c.firstCallMs.toFixed(1),
      c.cpuMsPerMb.toFixed(2),
      c.mbPerCpuSecond.toFixed(1),
      c.wallMsPerMb.toFixed(2),
      c.peakRssMb.toFixed(0),
      c.recordsPerCall.toFixed(0),
      c.sentPerRaw.toFixed(2),
      c.billedPerRaw.toFixed(2),
    ]),
  );

/** The function's place in a sandbox of 512 MB. */
const memoryLine = (cells: readonly Cell[]) =>
  cells
    .filter(({ mode, contender }) => mode === "memory" && contender === "etl")
    .map((c) => `peak memory of ${c.format} ${c.lines}: ${c.peakRssMb.toFixed(0)} MB (target: under 200)\n\n`)
    .join("");

/** Prints ratios first, because they hold on any machine, then all figures. */
export const report = (cells: readonly Cell[]): string => {
  const ratios = ratiosOf(cells);
  const above = ratios.length > 0 ? `${ratioTable(ratios)}\n` : "";
  return `${above}${memoryLine(cells)}${cellTable(cells)}`;
};
