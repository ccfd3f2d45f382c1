import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { credentials } from "@grpc/grpc-js";
import type { PolicyResource } from "@pulumi/policy";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzeRequest,
  type AnalyzeResponse,
  type AnalyzerInfo,
  AnalyzerPropertyDependencies,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig,
  type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

type Level = keyof typeof EnforcementLevel;

/** For a rule: its enforcement level, which the engine always sends, and its options. */
export type Configuration = Record<string, { level: Level; options?: Record<string, unknown> }>;

/** A policy pack in a process of its own, called as the engine calls it. */
export interface Analyzer {
  info(): Promise<AnalyzerInfo>;
  configure(configuration: Configuration): Promise<unknown>;
  analyze(resource: PolicyResource): Promise<AnalyzeResponse>;
  remediate(resource: PolicyResource): Promise<RemediateResponse>;
  analyzeStack(stack: Record<string, PolicyResource>): Promise<AnalyzeResponse>;
  stop(): Promise<void>;
}

/** Starts the process that `pulumi preview --policy-pack <folder>` starts. */
export async function startAnalyzer(folder: string, nodeOptions: string[] = []): Promise<Analyzer> {
  const run = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  // The first argument is the engine's address, which a pack does not call.
  const child = spawn(process.execPath, [...nodeOptions, run, "127.0.0.1:0", "."], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
    // One process answers a whole file of tests, on a busy machine too; a pack that hangs ends at last.
    timeout: 10 * 60_000,
  });
  const client = new AnalyzerClient(`127.0.0.1:${await firstLine(child)}`, credentials.createInsecure());
  return {
    info: () => ask((callback) => client.getAnalyzerInfo(new Empty(), callback)),
    configure: (configuration) =>
      ask((callback) => client.configure(configureRequest(configuration), callback)),
    analyze: (resource) =>
      ask((callback) => client.analyze(describeIn(new AnalyzeRequest(), resource), callback)),
    remediate: (resource) =>
      ask((callback) => client.remediate(describeIn(new AnalyzeRequest(), resource), callback)),
    analyzeStack: (stack) => ask((callback) => client.analyzeStack(stackRequest(stack), callback)),
    stop: async () => {
      client.close();
      if (child.exitCode === null && child.kill()) await once(child, "exit");
    },
  };
}

/** The port, which the process chooses and prints when it is ready. */
async function firstLine(child: ChildProcess): Promise<string> {
  assert.ok(child.stdout);
  const line = once(createInterface(child.stdout), "line");
  const died = once(child, "exit").then(([code]) => assert.fail(`the analyzer ended with code ${code}`));
  const [port] = await Promise.race([line, died]);
  return port;
}

type Callback<T> = (error: Error | null, answer: T) => void;

const ask = <T>(call: (callback: Callback<T>) => unknown): Promise<T> =>
  new Promise((resolve, reject) => {
    call((error, answer) => (error ? reject(error) : resolve(answer)));
  });

function configureRequest(configuration: Configuration): ConfigureAnalyzerRequest {
  const request = new ConfigureAnalyzerRequest();
  for (const [name, { level, options = {} }] of Object.entries(configuration)) {
    const config = new PolicyConfig()
      .setEnforcementlevel(EnforcementLevel[level])
      .setProperties(Struct.fromJavaScript(options as Parameters<typeof Struct.fromJavaScript>[0]));
    request.getPolicyconfigMap().set(name, config);
  }
  return request;
}

/** The same resource in the messages of all calls, which share these setters. */
function describeIn<T extends AnalyzeRequest | AnalyzerResource>(message: T, from: PolicyResource): T {
  message.setType(from.type);
  message.setName(from.name);
  message.setUrn(from.urn);
  message.setProperties(Struct.fromJavaScript(from.props));
  message.setOptions(new AnalyzerResourceOptions());
  return message;
}

function stackRequest(stack: Record<string, PolicyResource>): AnalyzeStackRequest {
  const request = new AnalyzeStackRequest();
  for (const each of Object.values(stack)) {
    const message = describeIn(new AnalyzerResource(), each);
    message.setParent(each.parent?.urn ?? "");
    message.setDependenciesList(each.dependencies.map(({ urn }) => urn));
    for (const [property, sources] of Object.entries(each.propertyDependencies)) {
      const urns = new AnalyzerPropertyDependencies().setUrnsList(sources.map((source) => source.urn));
      message.getPropertydependenciesMap().set(property, urns);
    }
    request.addResources(message);
  }
  return request;
}

/** Returns the names of the rules with findings. */
export const namesIn = (...responses: AnalyzeResponse[]): string[] =>
  responses.flatMap((response) => response.getDiagnosticsList().map((each) => each.getPolicyname()));
