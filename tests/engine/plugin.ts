import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";

/** A unary call. The engine shows what it throws as the plugin's error. */
export const answer =
  <Request, Response>(work: (request: Request) => Promise<Response>): handleUnaryCall<Request, Response> =>
  (call, callback) => {
    work(call.request).then(
      (response) => callback(null, response),
      (error) =>
        callback({ code: status.UNKNOWN, message: error instanceof Error ? error.message : `${error}` }),
    );
  };

/** Serves a plugin, and prints the port for the engine. Missing calls answer "not implemented". */
export const serve = (service: ServiceDefinition, implementation: UntypedServiceImplementation) => {
  // The function's archive and the whole stack go over the wire.
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(service, implementation);
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
  // An engine that fails early can leave its plugins behind.
  const engine = process.ppid;
  setInterval(() => process.ppid === engine || process.exit(), 1000);
  // Without a handler, a signal would end the process before its `exit` handlers.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit());
};

/** Makes the program that the engine starts: a module beside this one, transpiled as it loads. */
export const writeExecutable = (folder: string, name: string, module: string) => {
  mkdirSync(folder, { recursive: true });
  const register = `require(${JSON.stringify(require.resolve("ts-node"))}).register(${JSON.stringify({
    transpileOnly: true,
    projectSearchDir: __dirname,
  })});`;
  const lines = ["#!/usr/bin/env node", register, `require(${JSON.stringify(join(__dirname, module))});`, ""];
  writeFileSync(join(folder, name), lines.join("\n"), { mode: 0o755 });
};
