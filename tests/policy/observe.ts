import type { RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import type { Registration } from "../../local/program";
import { plannedFrom } from "../../local/program/policy";
import type { Planned } from "../../policy/judge";

/** Runs a program with Pulumi's mocks, and gives its resources as the engine would hand them to the pack. */
export const observe = async <T>(run: () => Promise<T>): Promise<{ result: T; planned: Planned[] }> => {
  const registrations: Registration[] = [];
  const original = MockMonitor.prototype.registerResource;
  MockMonitor.prototype.registerResource = function (request, callback) {
    return original.call(this, request, (error: Error | null, answer?: RegisterResourceResponse) => {
      if (answer) registrations.push({ request, answer });
      callback(error, answer);
    });
  };
  try {
    const result = await run();
    return { result, planned: plannedFrom(registrations) };
  } finally {
    MockMonitor.prototype.registerResource = original;
  }
};
