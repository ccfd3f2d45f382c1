import { LocalEngine } from "../cli/query/local";
import { QueryError } from "../local/athena";

/** Most queries that run at the same time, not counting the overview's. */
const AT_ONCE = 2;
/** Timeout of a query, in seconds. */
const LONGEST = 60;

let running = 0;
const waiting: (() => void)[] = [];

const turn = () =>
  running < AT_ONCE ? Promise.resolve(void running++) : new Promise<void>((resolve) => waiting.push(resolve));

const done = () => {
  const next = waiting.shift();
  if (next) next();
  else running--;
};

/** Milliseconds between two attempts to stop a query. DuckDB forgets one that comes before the query has begun. */
const AGAIN_MS = 100;

/** Controllers that stop the queries that run or wait, by the id that the page gave. */
const byId = new Map<string, AbortController>();

/** Stops a query. Returns false if none with this id runs or waits. */
export const stop = (id: string): boolean => {
  const controller = byId.get(id);
  controller?.abort(new QueryError("stopped, as you asked"));
  return controller !== undefined;
};

/** Runs a query until it ends or the signal is aborted. */
const untilStopped = async <T>(
  engine: LocalEngine,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> => {
  signal.throwIfAborted();
  const interrupting = setInterval(() => signal.aborted && engine.interrupt(), AGAIN_MS);
  try {
    return await work();
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearInterval(interrupting);
  }
};

const tooLong = () =>
  new QueryError(`stopped after ${LONGEST} seconds: ask for a shorter window, or with flowlogs query`);

/**
 * Opens the lake for one query and closes it afterwards. At most two queries run at the same time; the others wait.
 * @throws QueryError if it takes longer than a minute, if it is stopped, or with DuckDB's message.
 */
export const withEngine = async <T>(
  lake: string,
  work: (engine: LocalEngine) => Promise<T>,
  { id, output }: { id?: string; output?: string } = {},
): Promise<T> => {
  const controller = new AbortController();
  if (id) byId.set(id, controller);
  try {
    await turn();
    const timer = setTimeout(() => controller.abort(tooLong()), LONGEST * 1000);
    try {
      const engine = await LocalEngine.open(lake, output);
      return await untilStopped(engine, controller.signal, () => work(engine)).finally(() => engine.close());
    } finally {
      clearTimeout(timer);
      done();
    }
  } finally {
    if (id) byId.delete(id);
  }
};
