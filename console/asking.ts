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

/** Running queries that a page can stop, by the id that the page gave each. */
const byId = new Map<string, LocalEngine>();

/** Stops a query. Returns false if no query with this id is running. */
export const stop = (id: string): boolean => {
  const engine = byId.get(id);
  engine?.interrupt();
  return engine !== undefined;
};

/**
 * Opens the lake for one query and closes it afterwards. At most two queries run at the same time; the others wait.
 * @throws QueryError if it takes longer than a minute, or DuckDB says why.
 */
export const withEngine = async <T>(
  lake: string,
  work: (engine: LocalEngine) => Promise<T>,
  { id, output }: { id?: string; output?: string } = {},
): Promise<T> => {
  await turn();
  let late = false;
  try {
    const engine = await LocalEngine.open(lake, output);
    const timer = setTimeout(() => {
      late = true;
      engine.interrupt();
    }, LONGEST * 1000);
    if (id) byId.set(id, engine);
    try {
      return await work(engine);
    } catch (error) {
      if (late)
        throw new QueryError(
          `stopped after ${LONGEST} seconds: ask for a shorter window, or with flowlogs query`,
        );
      throw error;
    } finally {
      clearTimeout(timer);
      if (id) byId.delete(id);
      engine.close();
    }
  } finally {
    done();
  }
};
