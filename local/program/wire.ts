import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as engine from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as resource from "@pulumi/pulumi/proto/resource_pb";
import { deserializeProperties } from "@pulumi/pulumi/runtime/rpc";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { STACK_TYPE } from "./declared";
import type { RecordingMonitor } from "./monitor";

/** Pulumi's engine as a program in another process sees it. */
export interface Wire {
  address: string;
  /** Messages that the program logged for its user. */
  errors: string[];
  warnings: string[];
  outputs: Record<string, unknown>;
  stop(): void;
}

/** Features of Pulumi's engine that the recorder can read. */
const FEATURES = ["secrets", "deletedWith", "aliasSpecs", "parameterization", "replaceWith"];

/** A unary call. The program shows what it throws as the failure. */
const answer =
  <Request, Response>(
    work: (request: Request) => Promise<Response> | Response,
  ): handleUnaryCall<Request, Response> =>
  async (call, callback) => {
    try {
      callback(null, await work(call.request));
    } catch (error) {
      callback({ code: status.UNKNOWN, message: error instanceof Error ? error.message : `${error}` });
    }
  };

type Reply<Response> = (error: Error | null, response?: Response) => void;

/** A call that Pulumi's monitor for tests answers through a callback. */
const through = <Request, Response>(call: (request: Request, reply: Reply<Response>) => unknown) =>
  answer<Request, Response>(
    (request) =>
      new Promise((resolve, reject) => {
        call(request, (error, response) => (error ? reject(error) : resolve(response as Response)));
      }),
  );

const monitorOf = (
  monitor: RecordingMonitor,
  features: string[],
  outputs: Wire["outputs"],
): UntypedServiceImplementation => ({
  supportsFeature: answer((request: resource.SupportsFeatureRequest) =>
    new resource.SupportsFeatureResponse().setHassupport(features.includes(request.getId())),
  ),
  registerResource: through(monitor.registerResource.bind(monitor)),
  readResource: through(monitor.readResource.bind(monitor)),
  invoke: through(monitor.invoke.bind(monitor)),
  registerPackage: through(monitor.registerPackage.bind(monitor)),
  registerResourceOutputs: answer((request: resource.RegisterResourceOutputsRequest) => {
    const given = request.getOutputs();
    if (given && request.getUrn().includes(`::${STACK_TYPE}::`))
      Object.assign(outputs, deserializeProperties(given));
    return new Empty();
  }),
  signalAndWaitForShutdown: answer(() => new Empty()),
});

const engineOf = (logged: Pick<Wire, "errors" | "warnings">): UntypedServiceImplementation => {
  let root = "";
  const lists = new Map<engine.LogSeverity, string[]>([
    [engine.LogSeverity.ERROR, logged.errors],
    [engine.LogSeverity.WARNING, logged.warnings],
  ]);
  return {
    log: answer((request: engine.LogRequest) => {
      // A program regularly logs what it waits for. That is meant for a status line.
      if (!request.getEphemeral()) lists.get(request.getSeverity())?.push(request.getMessage().trim());
      return new Empty();
    }),
    getRootResource: answer(() => new engine.GetRootResourceResponse().setUrn(root)),
    setRootResource: answer((request: engine.SetRootResourceRequest) => {
      root = request.getUrn();
      return new engine.SetRootResourceResponse();
    }),
    requirePulumiVersion: answer(() => new engine.RequirePulumiVersionResponse()),
  };
};

/** Serves a recorder to programs and plugins in other processes of this machine. */
export const serveMonitor = async (monitor: RecordingMonitor, features: string[] = []): Promise<Wire> => {
  // The function's archive and the whole stack go over the wire.
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  const [errors, warnings, outputs]: [string[], string[], Wire["outputs"]] = [[], [], {}];
  server.addService(ResourceMonitorService, monitorOf(monitor, [...FEATURES, ...features], outputs));
  server.addService(EngineService, engineOf({ errors, warnings }));
  const port = await new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, errors, warnings, outputs, stop: () => server.forceShutdown() };
};
