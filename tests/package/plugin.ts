import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  ConstructRequest,
  type ConstructResponse,
  GetSchemaRequest,
  type GetSchemaResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Engine } from "./engine";

/** The component's plugin in a process of its own, called as the engine calls it. */
export interface Plugin {
  schema(): Promise<Record<string, unknown>>;
  construct(
    type: string,
    name: string,
    inputs: Record<string, JavaScriptValue>,
    isPreview?: boolean,
  ): Promise<ConstructResponse>;
  stop(): Promise<void>;
}

type Callback<T> = (error: Error | null, answer: T) => void;
const ask = <T>(call: (callback: Callback<T>) => unknown): Promise<T> =>
  new Promise((resolve, reject) => {
    call((error, answer) => (error ? reject(error) : resolve(answer)));
  });

/** Starts the process that Pulumi starts for a program in `cwd` that uses the package in `folder`. */
export const startPlugin = async (
  folder: string,
  cwd: string,
  engine: Engine,
  nodeArgs: string[] = [],
): Promise<Plugin> => {
  const run = require.resolve("@pulumi/pulumi/cmd/run-plugin");
  const child = spawn(process.execPath, [...nodeArgs, run, folder, engine.address], {
    cwd,
    stdio: ["ignore", "pipe", "inherit"],
    // A plugin that hangs ends at some time. The limit is far above what all tests together take on a busy machine.
    timeout: 600_000,
  });
  const port = once(createInterface(child.stdout), "line").then(([line]) => line);
  const died = once(child, "exit").then(([code]) => assert.fail(`the plugin ended with code ${code}`));
  const client = new ResourceProviderClient(
    `127.0.0.1:${await Promise.race([port, died])}`,
    credentials.createInsecure(),
  );
  died.catch(() => {});
  return {
    schema: async () => {
      const answer = await ask<GetSchemaResponse>((callback) =>
        client.getSchema(new GetSchemaRequest(), callback),
      );
      return JSON.parse(answer.getSchema());
    },
    construct: (type, name, inputs, isPreview = false) => {
      const request = new ConstructRequest()
        .setProject("acme-network")
        .setStack("test")
        .setDryrun(isPreview)
        .setParallel(16)
        .setMonitorendpoint(engine.address)
        .setType(type)
        .setName(name)
        .setInputs(Struct.fromJavaScript(inputs));
      return ask((callback) => client.construct(request, callback));
    },
    stop: async () => {
      client.close();
      if (child.exitCode === null && child.kill()) await once(child, "exit");
    },
  };
};
