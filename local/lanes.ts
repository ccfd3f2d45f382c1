import { addFigures, type LineFigures, noFigures } from "./figures";
import { type Producer, RECORD_BYTES } from "./firehose/producer";
import { LocalLogGroup, type LogEvent } from "./logs";
import type { DeclaredResource, Program } from "./program";
import type { LocalStack } from "./stack";

/** The declared path of one format's lines, from their flow log to the lake. */
export interface Lane {
  put(events: LogEvent[]): Promise<void>;
  /** The function's figures for these lines, and for those of other lanes with the same stream. */
  figures: LineFigures;
}

const FILTER = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

/** Splits events into envelopes until each fits into a record of a stream. */
const envelopes = (group: LocalLogGroup, logStream: string, events: LogEvent[]): Buffer[] => {
  const envelope = group.envelope(logStream, events);
  if (envelope.length <= RECORD_BYTES || events.length === 1) return [envelope];
  const half = events.length >> 1;
  return [events.slice(0, half), events.slice(half)].flatMap((part) => envelopes(group, logStream, part));
};

/**
 * Returns the lane that the program declares behind a flow log's destination: a log group with a subscription, or a stream.
 */
export const laneFrom = (
  stack: LocalStack,
  producer: Producer,
  { program, destination }: { program: Program; destination: DeclaredResource },
  logStream: string,
): Lane => {
  const toStream = (arn: string) => {
    const declared = program.resources.find((r) => r.state.arn === arn);
    if (!declared) throw new Error(`the program declares no stream ${arn}`);
    const stream = stack.streams.get(arn) ?? stack.addStream(declared);
    return { name: stream.name, figures: stream.figures ?? noFigures() };
  };
  if (destination.type !== LOG_GROUP) {
    const { name, figures } = toStream(destination.state.arn);
    const wrapped = ({ message }: LogEvent) => Buffer.from(JSON.stringify({ message }));
    return { figures, put: (events) => producer.put(name, events.map(wrapped)) };
  }
  const { name } = destination.state;
  const filter = program.resources.find((r) => r.type === FILTER && r.inputs.logGroup === name);
  if (!filter) throw new Error(`the program declares no subscription to ${name}`);
  const group = new LocalLogGroup(name, filter);
  const { destinationArn } = filter.inputs;
  if (destinationArn.includes(":firehose:")) {
    const stream = toStream(destinationArn);
    const put = (events: LogEvent[]) => producer.put(stream.name, envelopes(group, logStream, events));
    return { figures: stream.figures, put };
  }
  const figures = noFigures();
  const put = async (events: LogEvent[]) => {
    const data = group.envelope(logStream, events).toString("base64");
    addFigures(figures, await stack.invoke(destinationArn, { awslogs: { data } }));
  };
  return { figures, put };
};
