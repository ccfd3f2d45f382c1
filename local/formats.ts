import { TAG_FIELDS } from "../components/settings/tag-fields";
import { FIELD_BY_NAME } from "../schema/fields";
import { catalogOf, type Layout, parseFormat, TRANSIT_CATALOG } from "../schema/layout";
import { type DeclaredResource, type Program, ProgramError, runProgram } from "./program";

/** Configuration values with a stack's formats. */
const FORMAT_SETTINGS = ["fields", "previousFields", "transitGateways", "transitGatewayFields"];

const VPCS = { vpcs: { local: "vpc-0123456789abcdef0" } };
const TRANSIT_GATEWAYS = { transitGateways: { local: "tgw-0123456789abcdef0" } };

const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

const namesOf = (layout: Layout) => layout.fields.map((f) => f.name);
const isTransit = (layout: Layout) => catalogOf(namesOf(layout)) === TRANSIT_CATALOG;
const isShared = (name: string) => FIELD_BY_NAME.has(name);

/** Returns the flow log that writes a format. */
const flowLogOf = ({ resources }: Program, { format }: Layout): DeclaredResource | undefined =>
  resources.find((r) => r.type === FLOW_LOG && r.inputs.logFormat === format);

/** The formats that a user's program reads are its own: a line of another would not come to it. */
const unknownFormat = ({ project, resources }: Program, { format }: Layout): ProgramError => {
  const formats = resources.flatMap(({ type, inputs }) => (type === FLOW_LOG ? [inputs.logFormat] : []));
  const plain = (text: string) => text.replaceAll(/[${}]/g, "");
  return new ProgramError(
    `no flow log of the program ${project} writes the format "${plain(format)}"; its formats are ${formats.map((each) => `"${plain(each)}"`).join(" and ")}; --program bundled reads any`,
  );
};

/** Splits names of fields into previous formats: fields of VPCs and of transit gateways cannot be in one. */
const apart = (layout: Layout): string[][] => {
  const names = namesOf(layout);
  if (isTransit(layout) && names.every((name) => TRANSIT_CATALOG.fields.has(name))) return [names];
  return [names.filter(isShared), names.filter((name) => !isShared(name))].filter(({ length }) => length > 0);
};

/**
 * Returns `tagFields` for the tag fields of a format. Existing lines contain the tags' values, so the keys do not
 * matter.
 */
const tagFieldsFor = (names: string[]) =>
  Object.entries(TAG_FIELDS).flatMap(([resourceType, [first, second]]) => {
    const keys = names.includes(second) ? ["first", "second"] : names.includes(first) ? ["first"] : [];
    return keys.length > 0 ? [{ resourceType, tagKeys: keys }] : [];
  });

/** Returns the configuration of a stack whose flow logs write a format, and wrote others before. */
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
 * Runs the program for the formats of a run's lines. An input says its own format, so the stack is updated for each new
 * one: it becomes `fields`, and earlier ones become `previousFields`. If the run's configuration sets `fields`, that stays
 * fixed, and lines of other formats are treated as those of an old flow log.
 */
export class Formats {
  private readonly seen: Layout[] = [];
  private program: Program | undefined;
  readonly areFixed: boolean;

  /** `existing`: the layout of the table that the lake has from earlier runs. */
  constructor(
    private readonly chosen: { stack: string; config: Record<string, string>; folder?: string },
    private readonly existing: readonly Layout[],
  ) {
    const { config, folder } = chosen;
    this.areFixed = folder !== undefined || FORMAT_SETTINGS.some((name) => Object.hasOwn(config, name));
  }

  /** The program for the formats so far, or as configured. */
  async current(): Promise<Program> {
    this.program ??= await this.run({});
    return this.program;
  }

  /** The format of the program's first flow log. */
  async own(): Promise<Layout> {
    const isFlowLog = ({ type }: DeclaredResource) => type === FLOW_LOG;
    if (this.chosen.folder) return this.ownOf(await this.current());
    const declared =
      (await this.run({})).resources.find(isFlowLog) ?? (await this.run(VPCS)).resources.find(isFlowLog);
    return parseFormat(declared?.inputs.logFormat);
  }

  /** Runs the program with one more format. */
  async with(layout: Layout): Promise<Program> {
    if (this.areFixed) return this.current();
    if (!this.seen.some(({ format }) => format === layout.format)) {
      this.program = await this.declaring(layout, [...this.existing, ...this.seen]);
      this.seen.push(layout);
    }
    return this.current();
  }

  /**
   * Returns the log group or stream to which flow logs write, or wrote, this format, with the program that declares it.
   */
  async destinationOf(layout: Layout): Promise<{ program: Program; destination: DeclaredResource }> {
    const current = await this.with(layout);
    if (this.chosen.folder && !flowLogOf(current, layout)) throw unknownFormat(current, layout);
    const program = flowLogOf(current, layout) ? current : await this.declaring(layout, []);
    const arn = flowLogOf(program, layout)?.inputs.logDestination;
    const destination = program.resources.find((r) => r.state.arn === arn);
    if (!destination) throw new Error(`the program declares nothing that a flow log writes to: ${arn}`);
    // A previous format keeps its log group or stream.
    const kept = current.resources.find((r) => r.type === destination.type && r.name === destination.name);
    return kept ? { program: current, destination: kept } : { program, destination };
  }

  /** The format of a user's program, which no configuration of ours changes. */
  private ownOf({ project, resources }: Program): Layout {
    const declared = resources.find(({ type }) => type === FLOW_LOG)?.inputs.logFormat;
    if (declared) return parseFormat(declared);
    throw new ProgramError(
      `the program ${project} declares no flow log with a format, so that no line can come to it`,
    );
  }

  private async declaring(layout: Layout, before: readonly Layout[]): Promise<Program> {
    const settings = settingsFor(layout, before);
    const program = await this.run(settings);
    return flowLogOf(program, layout) ? program : this.run({ ...settings, ...VPCS });
  }

  private run(settings: Record<string, unknown>): Promise<Program> {
    const { stack, config, folder } = this.chosen;
    return runProgram(stack, { ...config, ...settings }, folder);
  }
}
