import type { RegisterResourceRequest, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { type MockCallArgs, MockMonitor, type MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";
import { type DeclaredResource, engineUrn, type Registration, STACK_TYPE } from "./declared";
import type { LocalProvider } from "./provider";

/** Callback for a response of the monitor. */
export type Registered = (error: Error | null, answer?: RegisterResourceResponse) => void;

/** The engine has the types of all parents in a URN; the monitor for tests has that of the nearest alone. */
const urnBelow = (parent: string, urn: string): string => {
  const types = engineUrn(parent).split("::")[2] ?? "";
  const nearest = types.split("$").at(-1);
  return types.includes("$") ? urn.replace(`::${nearest}$`, `::${types}$`) : urn;
};

/** Records the registered resources, in addition to the work of Pulumi's own monitor for tests. */
export class RecordingMonitor extends MockMonitor {
  readonly recorded: DeclaredResource[] = [];
  readonly registrations: Registration[] = [];
  readonly invoked = new Set<string>();
  private readonly pending = new Map<string, Pick<DeclaredResource, "inputs" | "state">>();

  constructor(provider: LocalProvider) {
    super({
      call: async (args: MockCallArgs) => {
        this.invoked.add(args.token);
        return provider.call(args);
      },
      newResource: async (args: MockResourceArgs) => {
        const result = args.custom ? provider.newResource(args) : { id: undefined, state: {} };
        // Kept apart from what goes over the wire, where an archive is no longer one.
        this.pending.set(`${args.type} ${args.name}`, {
          inputs: args.inputs ?? {},
          state: { ...result.state, id: result.id },
        });
        return result;
      },
    });
  }

  override async registerResource(request: RegisterResourceRequest, callback: Registered): Promise<void> {
    await super.registerResource(request, (error, answer) => {
      if (answer) this.record(request, answer.setUrn(urnBelow(request.getParent(), answer.getUrn())));
      callback(error, answer);
    });
  }

  /** The resource of a URN. */
  find(urn: string): DeclaredResource | undefined {
    return this.recorded.find((resource) => resource.urn === engineUrn(urn));
  }

  private record(request: RegisterResourceRequest, answer: RegisterResourceResponse): void {
    const [type, name] = [request.getType(), request.getName()];
    this.registrations.push({ request, answer });
    const pending = this.pending.get(`${type} ${name}`);
    if (!pending || type === STACK_TYPE) return;
    const [parentType, parent] = request.getParent().split("::").slice(2);
    this.recorded.push({
      urn: engineUrn(answer.getUrn()),
      type,
      name,
      parent: parentType === STACK_TYPE ? "" : (parent ?? ""),
      ...pending,
    });
  }
}
