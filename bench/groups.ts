/** Contenders that are measured alternately, round by round, so that load on the machine affects all of them alike. */
export interface Group {
  /** Text that --only matches: `transform v2 1000`. */
  name: string;
  /**
   * Against the stub, or with the real SDK against a server; `memory` is the latter with Lambda's limit of the heap.
   */
  mode: "transform" | "handler" | "memory";
  format: string;
  /** Lines of an event. */
  lines: number;
  contenders: readonly string[];
  /** Limit of V8's old space. */
  heapMb?: number;
}

const FORMATS = ["v2", "v5", "all"];
const SIZES = [20, 1000, 10_000];
const CONTENDERS = {
  transform: ["etl", "limit", "envelope", "naive"],
  handler: ["etl", "naive"],
  memory: ["etl", "naive"],
};

const group = (mode: Group["mode"], format: string, lines: number): Group => ({
  name: `${mode} ${format} ${lines}`,
  mode,
  format,
  lines,
  contenders: CONTENDERS[mode],
});

/** Every group of the benchmark, in the order in which they run. */
export const GROUPS: readonly Group[] = [
  ...(["transform", "handler"] as const).flatMap((mode) =>
    FORMATS.flatMap((format) => SIZES.map((lines) => group(mode, format, lines))),
  ),
  { ...group("memory", "all", 10_000), heapMb: 512 },
];
