import { isLake } from "../local/lake/folder";

/** The folder of the lake, unless --lake names another. */
export const DEFAULT_LAKE = "lake";

/** The folder of the made-up day's lake. */
export const DEMO_LAKE = "demo-lake";

/** Text for the default of --lake in the help of commands that read a lake. */
export const ASKED_LAKE = `${DEFAULT_LAKE}, or ${DEMO_LAKE} where that is no lake`;

/** Returns the default lake, or the made-up day's if only that exists, with a note on standard error. */
export const lakeToAsk = (): string => {
  if (isLake(DEFAULT_LAKE) || !isLake(DEMO_LAKE)) return DEFAULT_LAKE;
  process.stderr.write(`asking the made-up day in ${DEMO_LAKE}, as there is no lake in ${DEFAULT_LAKE}\n`);
  return DEMO_LAKE;
};
