import { Server, ServerCredentials, type UntypedHandleCall } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { type SupportsFeatureRequest, SupportsFeatureResponse } from "@pulumi/pulumi/proto/resource_pb";
import { setMockOptions } from "@pulumi/pulumi/runtime/settings";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type EmbeddedResource, Recorder } from "../components/embedded";

/** A stand-in for Pulumi's engine: accepts registrations, and answers like a provider in this region. */
export interface Engine {
  address: string;
  resources(): EmbeddedResource[];
  stop(): void;
}

/** Features of Pulumi's engine that the recorder can read. */
const FEATURES = ["secrets", "resourceReferences", "deletedWith", "aliasSpecs", "parameterization"];

type Reply<T> = (error: Error | null, answer?: T) => void;
const handle = <Q, A>(answer: (request: Q, reply: Reply<A>) => unknown) =>
  (({ request }: { request: Q }, reply: Reply<A>) => answer(request, reply)) as UntypedHandleCall;

export const startEngine = async (region: string): Promise<Engine> => {
  const recorder = new Recorder(region);
  setMockOptions(recorder, "acme-network", "test");
  const server = new Server();
  server.addService(ResourceMonitorService, {
    supportsFeature: handle((request: SupportsFeatureRequest, reply) =>
      reply(null, new SupportsFeatureResponse().setHassupport(FEATURES.includes(request.getId()))),
    ),
    registerResource: handle(recorder.registerResource.bind(recorder)),
    registerResourceOutputs: handle((_, reply) => reply(null, new Empty())),
    registerPackage: handle(recorder.registerPackage.bind(recorder)),
    invoke: handle(recorder.invoke.bind(recorder)),
  });
  server.addService(EngineService, { log: handle((_, reply) => reply(null, new Empty())) });
  const port = await new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    address: `127.0.0.1:${port}`,
    resources: () => recorder.recorded(),
    stop: () => server.forceShutdown(),
  };
};
