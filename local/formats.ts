import { TAG_FIELDS } from "../components/settings/tag-fields";
import { FIELD_BY_NAME } from "../schema/fields";
import { catalogOf, type Layout, parseFormat, TRANSIT_CATALOG } from "../schema/layout";
import { type DeclaredResource, type Program, runProgram } from "./program";

/** Configuration that says which formats a stack has. */
const FORMAT_SETTINGS = ["fields", "previousFields", "transitGateways", "transitGatewayFields"];

const VPCS = { vpcs: { local: "vpc-0123456789abcdef0" } };
const TRANSIT_GATEWAYS = { transitGateways: { local: "tgw-0123456789abcdef0" } };

const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

const namesOf = (layout: Layout) => layout.fields.map((f) => f.name);
const isTransit = (layout: Layout) => catalogOf(namesOf(layout)) === TRANSIT_CATALOG;
const isShared = (name: string) => FIELD_BY_NAME.has(name);

/** The flow log that writes a format. */
const flowLogOf = ({ resources }: Program, { format }: Layout): DeclaredResource | undefined =>
  resources.find((r) => r.type === FLOW_LOG && r.inputs.logFormat === format);

/** Names of fields that a stack may have had before: those of a VPC and of a transit gateway stand apart. */
const apart = (layout: Layout): string[][] => {
  const names = namesOf(layout);
  if (isTransit(layout) && names.every((name) => TRANSIT_CATALOG.fields.has(name))) return [names];
  return [names.filter(isShared), names.filter((name) => !isShared(name))].filter(({ length }) => length > 0);
};

/** Tag entries for the tag fields of a format. Existing lines have their tags already, so any tag key will do. */
const tagFieldsFor = (names: string[]) =>
  Object.entries(TAG_FIELDS).flatMap(([resourceType, [first, second]]) => {
    const keys = names.includes(second) ? ["first", "second"] : names.includes(first) ? ["first"] : [];
    return keys.length > 0 ? [{ resourceType, tagKeys: keys }] : [];
  });

/** Configuration of a stack whose flow logs write a format, and wrote others before. */
const settingsFor = (layout: Layout, before: readonly Layout[]): Record<string, unknown> => {
  const names = namesOf(layout);
  const lastOfVpc = before.filter((other) => !isTransit(other)).at(-1);
  const shared = lastOfVpc ? namesOf(lastOfVpc) : names.filter(isShared);
  const fields = isTransit(layout) ? (shared.length > 0 ? shared : ["version"]) : names;
  const previous = before.flatMap(apart).map((list) => list.join(" "));
  const current = [fields.join(" "), names.join(" ")];
  return {
    fields,
    tagFields: tagFieldsFor(fields),
    ...(isTransit(layout) ? { ...TRANSIT_GATEWAYS, transitGatewayFields: names } : {}),
    previousFields: [...new Set(previous)]
      .filter((list) => !current.includes(list))
      .map((list) => list.split(" ")),
  };
};

/**
 * The program for the formats that a run's lines have. Lines say their format themselves, so the stack is updated for
 * each: it becomes the stack's own, and those before become its previous ones. Configuration given to the run fixes the
 * formats: the stack is then what it says, and lines of another are what an old flow log still writes.
 */
export class Formats {
  private readonly seen: Layout[] = [];
  private program: Program | undefined;
  readonly areFixed: boolean;

  /** `existing`: the layout of the table that the lake has from earlier runs. */
  constructor(
    private readonly stack: string,
    private readonly config: Record<string, string>,
    private readonly existing: readonly Layout[],
  ) {
    this.areFixed = FORMAT_SETTINGS.some((name) => Object.hasOwn(config, name));
  }

  /** The program that the stack is by now, or as it is configured. */
  async current(): Promise<Program> {
    this.program ??= await this.run({});
    return this.program;
  }

  /** The format that the stack itself configures: its first flow log's. */
  async own(): Promise<Layout> {
    const isFlowLog = ({ type }: DeclaredResource) => type === FLOW_LOG;
    const declared =
      (await this.run({})).resources.find(isFlowLog) ?? (await this.run(VPCS)).resources.find(isFlowLog);
    return parseFormat(declared?.inputs.logFormat);
  }

  /** The program with a format more. */
  async with(layout: Layout): Promise<Program> {
    if (this.areFixed) return this.current();
    if (!this.seen.some(({ format }) => format === layout.format)) {
      this.program = await this.declaring(layout, [...this.existing, ...this.seen]);
      this.seen.push(layout);
    }
    return this.current();
  }

  /** Where flow logs write this format, or wrote it: a log group or a stream; and the program that has it. */
  async destinationOf(layout: Layout): Promise<{ program: Program; destination: DeclaredResource }> {
    const current = await this.with(layout);
    const program = flowLogOf(current, layout) ? current : await this.declaring(layout, []);
    const arn = flowLogOf(program, layout)?.inputs.logDestination;
    const destination = program.resources.find((r) => r.state.arn === arn);
    if (!destination) throw new Error(`the program declares nothing that a flow log writes to: ${arn}`);
    // A format that the stack had before has a place in it still.
    const kept = current.resources.find((r) => r.type === destination.type && r.name === destination.name);
    return kept ? { program: current, destination: kept } : { program, destination };
  }

  private async declaring(layout: Layout, before: readonly Layout[]): Promise<Program> {
    const settings = settingsFor(layout, before);
    const program = await this.run(settings);
    return flowLogOf(program, layout) ? program : this.run({ ...settings, ...VPCS });
  }

  private run(settings: Record<string, unknown>): Promise<Program> {
    return runProgram(this.stack, { ...this.config, ...settings });
  }
}
