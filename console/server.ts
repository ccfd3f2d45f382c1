import { type AddressInfo, createServer } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { makeApp } from "./app";
import { findAssets } from "./assets";
import { newToken } from "./guard";
import { Lake } from "./lake/lake";

const HOST = "127.0.0.1";

/** A console that cannot start. */
export class ConsoleError extends Error {}

/** Returns the next free port, from this one on. */
const nextFree = (port: number): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(nextFree(port + 1)));
    probe.listen(port, HOST, () => probe.close(() => resolve(port)));
  });

const listening = (server: ServerType, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("listening", () => resolve((server.address() as AddressInfo).port));
    server.once("error", async (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE")
        return reject(new ConsoleError(`cannot listen at port ${port}: ${error.message}`));
      const free = await nextFree(port + 1);
      reject(new ConsoleError(`port ${port} is in use; port ${free} is free: --port ${free}`));
    });
  });

/** A console that is running. */
export interface Running {
  /** The address to open, with the token. */
  url: string;
  lake: Lake;
  close(): Promise<void>;
}

/**
 * Serves the pages of a lake on the loopback interface. `port` 0 takes any free port.
 * @throws ConsoleError if the port is taken, QueryError if the folder is no lake.
 */
export const startConsole = async ({ dir, port }: { dir: string; port: number }): Promise<Running> => {
  const lake = await Lake.open(dir);
  const token = newToken();
  let at = port;
  const app = makeApp({ lake, assets: findAssets(), token, port: () => at });
  const server = serve({ fetch: app.fetch, hostname: HOST, port });
  try {
    at = await listening(server, port);
  } catch (error) {
    lake.close();
    throw error;
  }
  // Reads the first window in advance, before a page asks for it.
  lake.prepare();
  const close = async () => {
    if ("closeAllConnections" in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await lake.close();
  };
  return { url: `http://${HOST}:${at}/?token=${token}`, lake, close };
};
