import { setFlagsFromString } from "node:v8";

/**
 * Maximum garbage before V8 collects it, in percent of the live heap. V8's default is several times higher, and events and
 * requests are megabytes of short-lived objects.
 */
const MOST_GARBAGE = 25;

/** Makes V8 collect garbage early, for the rest of this process. */
export const limitGarbage = (): void => setFlagsFromString(`--heap-growing-percent=${MOST_GARBAGE}`);
