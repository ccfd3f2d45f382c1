import { Contender, type ContenderOptions, type Round } from "./contender";
import type { Endpoint } from "./endpoint";
import type { Group } from "./groups";
import { LAYOUTS, REAL_SDK, type Workplace } from "./workplace";

/** Numbers of rounds and calls. Figures are medians. */
export interface Effort {
  rounds: number;
  /** Warm-up: so many calls, or so many raw megabytes if that is less. */
  warmUpCalls: number;
  warmUpMb: number;
  /** Processes that are started to measure their first call. */
  coldStarts: number;
  /** Raw megabytes of a round. */
  roundMb: number;
  /** Maximum calls of a round over HTTP: with small events, a call costs far more than its lines. */
  mostCalls: number;
}

/** The figures of one contender in one group. Raw is the text of the log lines, without their envelope. */
export interface Cell {
  mode: Group["mode"];
  format: string;
  lines: number;
  contender: string;
  rounds: number;
  /** Raw megabytes of each round. */
  roundMb: number;
  /** Loading the handler's modules and its first event. */
  firstCallMs: number;
  cpuMsPerMb: number;
  wallMsPerMb: number;
  mbPerCpuSecond: number;
  peakRssMb: number;
  recordsPerCall: number;
  sentPerRaw: number;
  billedPerRaw: number;
}

const MB = 1e6;

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const environment = ({ format, mode }: Group, stubSdk: string, endpoint: Endpoint): NodeJS.ProcessEnv => ({
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "key",
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_ENDPOINT_URL_FIREHOSE: endpoint.url,
  DELIVERY_STREAM_NAME: "stream",
  COLUMNS: JSON.stringify(LAYOUTS[format].fields.map(({ column, type }) => ({ name: column, type }))),
  NODE_PATH: mode === "transform" ? stubSdk : REAL_SDK,
  NODE_NO_WARNINGS: "1",
});

/** Starts the contender several times to measure its first call, and keeps the last process. */
const start = async (options: ContenderOptions, times: number) => {
  const firstCalls: number[] = [];
  for (;;) {
    const contender = await Contender.start(options);
    try {
      firstCalls.push(await contender.firstCall());
    } catch (error) {
      contender.stop();
      throw error;
    }
    if (firstCalls.length === times) return { contender, firstCallMs: median(firstCalls) };
    contender.stop();
  }
};

const cellOf = (group: Group, name: string, contender: Contender, firstCallMs: number): Cell => {
  const { rounds, rawBytes, sent, peakRss } = contender;
  const perMb = (figure: (round: Round) => number) =>
    median(rounds.map((round) => figure(round) / (round.rawBytes / MB)));
  const cpuMsPerMb = perMb((round) => round.cpuMs);
  return {
    mode: group.mode,
    format: group.format,
    lines: group.lines,
    contender: name,
    rounds: rounds.length,
    roundMb: rounds[0].rawBytes / MB,
    firstCallMs,
    cpuMsPerMb,
    wallMsPerMb: perMb((round) => round.wallMs),
    mbPerCpuSecond: 1000 / cpuMsPerMb,
    peakRssMb: peakRss / MB,
    recordsPerCall: sent.records / contender.calls,
    sentPerRaw: sent.bytes / rawBytes,
    billedPerRaw: sent.billedBytes / rawBytes,
  };
};

/** Measures the contenders of a group alternately. */
export const measure = async (
  group: Group,
  effort: Effort,
  place: Workplace,
  endpoint: Endpoint,
): Promise<Cell[]> => {
  const events = place.eventsFile(group.format, group.lines);
  const most = group.mode === "transform" ? Number.POSITIVE_INFINITY : effort.mostCalls;
  const calls = Math.max(1, Math.min(most, Math.round((effort.roundMb * MB) / events.rawBytes)));
  const env = environment(group, place.stubSdk, endpoint);
  const running: { name: string; contender: Contender; firstCallMs: number }[] = [];
  try {
    for (const name of group.contenders) {
      const options = { eventsFile: events.file, env, heapMb: group.heapMb };
      const handler = await place.handler(name, group.format);
      const to = group.mode === "transform" ? undefined : endpoint;
      running.push({ name, ...(await start({ ...options, handler, endpoint: to }, effort.coldStarts)) });
    }
    const warmUp = Math.min(effort.warmUpCalls, Math.ceil((effort.warmUpMb * MB) / events.rawBytes));
    for (const { contender } of running) await contender.warmUp(warmUp);
    for (let n = 0; n < effort.rounds; n++) {
      for (const { contender } of running) await contender.round(calls);
      // Reverses the order, so that each runs after the one that it ran before.
      running.reverse();
    }
    if (effort.rounds % 2 === 1) running.reverse();
    return running.map(({ name, contender, firstCallMs }) => cellOf(group, name, contender, firstCallMs));
  } finally {
    for (const { contender } of running) contender.stop();
  }
};
