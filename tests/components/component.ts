import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { disconnect, setMockOptions } from "@pulumi/pulumi/runtime/settings";
import { runInPulumiStack } from "@pulumi/pulumi/runtime/stack";
import { FlowLogAnalytics, type FlowLogAnalyticsArgs } from "../../components";
import type { DeclaredResource } from "../../local/program";
import { LocalProvider } from "../../local/program/provider";
import { collectWarnings } from "../../local/program/warnings";

/** A child of the component. */
export interface Child extends Pick<DeclaredResource, "type" | "name" | "inputs" | "state"> {
  /** Names of the resources that it depends on. */
  waitsFor: string[];
  ignoresChanges: string[];
  /** True if it stays in AWS when it leaves the stack. */
  isRetained: boolean;
  /** The name of the resource whose deletion deletes it as well. */
  deletedWith: string;
}

/** The part of a registration that the recorder reads. */
interface Registration {
  getName(): string;
  getDependenciesList(): string[];
  getIgnorechangesList(): string[];
  getRetainondelete(): boolean;
  getDeletedwith(): string;
}

/** A URN ends in the resource's name. */
const nameIn = (urn: string) => urn.slice(urn.lastIndexOf("::") + 2);

type Options = Pick<Child, "waitsFor" | "ignoresChanges" | "isRetained" | "deletedWith">;

class Recorder extends MockMonitor {
  readonly children: Child[] = [];
  private readonly options = new Map<string, Options>();

  constructor() {
    const provider = new LocalProvider("us-east-1");
    super({
      call: (args) => provider.call(args),
      newResource: (args) => {
        if (!args.custom) return { id: undefined, state: {} };
        const { type, name, inputs } = args;
        const { id, state } = provider.newResource(args);
        const options = this.options.get(name);
        if (!options) throw new Error(`${name} was made before it was registered`);
        this.children.push({ type, name, inputs, state: { ...state, id }, ...options });
        return { id, state };
      },
    });
  }

  override async registerResource(
    request: Registration,
    callback: Parameters<MockMonitor["registerResource"]>[1],
  ) {
    this.options.set(request.getName(), {
      waitsFor: request.getDependenciesList().map(nameIn),
      ignoresChanges: request.getIgnorechangesList(),
      isRetained: request.getRetainondelete(),
      deletedWith: nameIn(request.getDeletedwith()),
    });
    await super.registerResource(request, callback);
  }
}

/** Runs a program with one component of these arguments, as the local run does, and returns its children. */
export const componentGraph = async (args: FlowLogAnalyticsArgs): Promise<{ resources: Child[] }> => {
  const recorder = new Recorder();
  setMockOptions(recorder, "flow-log-analytics", "test");
  const run = async () => {
    new FlowLogAnalytics("flows", args);
    return {};
  };
  await collectWarnings(() => runInPulumiStack(run));
  await disconnect();
  return { resources: recorder.children };
};
