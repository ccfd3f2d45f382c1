import { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { RegisterResourceRequest, type RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { type Plugin, pluginFolder, startPlugin } from "../plugin";
import type { Run } from "../run";
import type { Wire } from "../wire";
import type { Evaluation } from "./evaluation";
import type { Declare, Made, YamlResource } from "./program";
import { componentToken, packageOf, providerToken } from "./tokens";
import { outputsOf, structOf, urnsIn } from "./values";

/** Inputs and options of a registered resource. */
interface Registering {
  name: string;
  inputs: Record<string, unknown>;
  /** URNs of the resources that each input comes from. */
  sources: [input: string, urns: string[]][];
  dependsOn: string[];
  parent: string;
}

const listOf = (value: unknown): unknown[] => (value === undefined ? [] : [value].flat());

/** Declares the resources of a program in YAML: a component by its package's plugin, any other here. */
export class Declaring {
  /** URN of the stack, the parent of what has no other. */
  root = "";
  private readonly plugins = new Map<string, Promise<Plugin>>();

  constructor(
    private readonly run: Run,
    private readonly wire: Wire,
  ) {}

  readonly declare: Declare = async (key, resource, evaluation) => {
    const registering = await this.prepare(key, resource, evaluation);
    const folder = pluginFolder(this.run.project, packageOf(resource.type));
    return folder
      ? this.component(folder, componentToken(resource.type), registering)
      : this.custom(providerToken(resource.type), registering, resource.options?.protect === true);
  };

  stop(): void {
    for (const plugin of this.plugins.values())
      plugin.then(
        (started) => started.stop(),
        () => {},
      );
  }

  private async prepare(key: string, resource: YamlResource, evaluation: Evaluation): Promise<Registering> {
    const { name = key, properties = {}, options = {} } = resource;
    const inputs = (await evaluation.value(properties)) as Record<string, unknown>;
    const [parent = this.root] = urnsIn(await evaluation.value(options.parent));
    return {
      name,
      inputs,
      sources: Object.entries(inputs).map(([input, value]) => [input, urnsIn(value)]),
      dependsOn: urnsIn(await evaluation.value(listOf(options.dependsOn))),
      parent,
    };
  }

  private async component(folder: string, type: string, registering: Registering): Promise<Made> {
    const { project, stack, config } = this.run;
    const plugin = this.plugins.get(folder) ?? startPlugin(folder, project.dir, this.wire.address);
    this.plugins.set(folder, plugin);
    const request = new ConstructRequest()
      .setProject(project.name)
      .setStack(stack)
      .setOrganization("organization")
      .setDryrun(true)
      .setParallel(16)
      .setMonitorendpoint(this.wire.address)
      .setType(type)
      .setName(registering.name)
      .setParent(registering.parent)
      .setInputs(outputsOf(registering.inputs))
      .setDependenciesList(registering.dependsOn);
    for (const [key, value] of Object.entries(config)) request.getConfigMap().set(key, value);
    for (const [input, urns] of registering.sources)
      request
        .getInputdependenciesMap()
        .set(input, new ConstructRequest.PropertyDependencies().setUrnsList(urns));
    const answer = await (await plugin).construct(request);
    const state = answer.getState()?.toJavaScript() ?? {};
    return { urn: answer.getUrn(), state };
  }

  private async custom(type: string, registering: Registering, protect: boolean): Promise<Made> {
    const { name, inputs, sources, dependsOn, parent } = registering;
    const request = new RegisterResourceRequest()
      .setType(type)
      .setName(name)
      .setParent(parent)
      .setCustom(true)
      .setProtect(protect)
      .setObject(structOf(inputs))
      .setDependenciesList([...new Set([...dependsOn, ...sources.flatMap(([, urns]) => urns)])]);
    for (const [input, urns] of sources)
      request
        .getPropertydependenciesMap()
        .set(input, new RegisterResourceRequest.PropertyDependencies().setUrnsList(urns));
    const answer = await new Promise<RegisterResourceResponse>((resolve, reject) => {
      void this.run.monitor.registerResource(request, (error, response) =>
        response ? resolve(response) : reject(error),
      );
    });
    return {
      urn: answer.getUrn(),
      id: answer.getId(),
      state: this.run.monitor.find(answer.getUrn())?.state ?? {},
    };
  }
}
