import { type MockCallArgs, MockMonitor, type MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";
import { disconnect, setMockOptions } from "@pulumi/pulumi/runtime/settings";
import { runInPulumiStack } from "@pulumi/pulumi/runtime/stack";
import { ACCOUNT_ID, LocalProvider } from "../../local/program/provider";
import { collectWarnings } from "../../local/program/warnings";

/** Another account than the one of local runs. */
export const ACCOUNT = "210987654321";

/** A resource of a program that uses the component. */
export interface EmbeddedResource {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  /** Names of the resources that it depends on. */
  waitsFor: string[];
}

/** Returns an id in EC2's form. */
const vpcId = (name: string) => `vpc-${Buffer.from(name).toString("hex").padEnd(17, "0").slice(0, 17)}`;

/** The local provider in the other account, which makes VPCs too. */
class Elsewhere extends LocalProvider {
  override call(args: MockCallArgs) {
    const answer = super.call(args);
    return "accountId" in answer ? { ...answer, accountId: ACCOUNT } : answer;
  }

  override newResource(args: MockResourceArgs) {
    const { id, state } = super.newResource(args);
    const isVpc = args.type === "aws:ec2/vpc:Vpc";
    return {
      id: isVpc ? vpcId(args.name) : id,
      state: { ...state, arn: state.arn.replace(ACCOUNT_ID, ACCOUNT) },
    };
  }
}

/** The part of a registration that the recorder reads. */
interface Registration {
  getName(): string;
  getDependenciesList(): string[];
}

/** Answers registrations as the engine would, and records them. */
export class Recorder extends MockMonitor {
  private readonly declared: Omit<EmbeddedResource, "waitsFor">[] = [];
  private readonly dependencies = new Map<string, string[]>();

  constructor(region: string) {
    const provider = new Elsewhere(region);
    super({
      call: (args) => provider.call(args),
      newResource: (args) => {
        if (args.custom) this.declared.push({ type: args.type, name: args.name, inputs: args.inputs });
        return args.custom ? provider.newResource(args) : { id: undefined, state: {} };
      },
    });
  }

  override async registerResource(
    request: Registration,
    callback: Parameters<MockMonitor["registerResource"]>[1],
  ) {
    this.dependencies.set(request.getName(), request.getDependenciesList());
    await super.registerResource(request, callback);
  }

  /** A URN ends in the resource's name. */
  recorded(): EmbeddedResource[] {
    return this.declared.map((resource) => {
      const urns = this.dependencies.get(resource.name) ?? [];
      return { ...resource, waitsFor: urns.map((urn) => urn.slice(urn.lastIndexOf("::") + 2)) };
    });
  }
}

/**
 * Runs a program that uses the component, in another project, account and region, and returns the resources
 * that it declares and its outputs.
 */
export const embedded = async (region: string, program: () => Record<string, unknown>) => {
  const recorder = new Recorder(region);
  setMockOptions(recorder, "acme-network", "test");
  const { result: outputs, warnings } = await collectWarnings(() => runInPulumiStack(async () => program()));
  await disconnect();
  return { resources: recorder.recorded(), outputs: outputs ?? {}, warnings };
};
