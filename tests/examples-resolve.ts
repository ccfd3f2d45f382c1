import Module from "node:module";
import { join } from "node:path";

/** Node's own resolution, which has no types. */
const resolution = Module as unknown as { _resolveFilename: (request: string, ...rest: unknown[]) => string };
const original = resolution._resolveFilename;

// In an example, `flow-log-analytics` is this checkout's component.
resolution._resolveFilename = (request, ...rest) =>
  original(request === "flow-log-analytics" ? join(__dirname, "../components") : request, ...rest);
