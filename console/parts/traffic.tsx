import type { FC } from "hono/jsx";
import type { Step } from "../lake/panels";
import type { State } from "../state";
import { Chart, type Series, type Stretch } from "./chart";
import { Panel } from "./panel";

interface TrafficProps {
  steps: Step[];
  /** The steps of the period before, once they are known. */
  before?: Step[];
  state: State;
  /** Seconds of a step. */
  step: number;
  newest: number;
}

/** Minutes before the newest flow in which lines still arrive. */
const ARRIVING = 600;

const seriesOf = (steps: Step[], value: (step: Step) => number, shift = 0) =>
  new Map(steps.map((each) => [each.began + shift, value(each)]));

/** Stretches without any line, and the last minutes, whose lines still arrive. */
const stretchesOf = ({ steps, state: { span }, step, newest }: TrafficProps): Stretch[] => {
  const seen = new Set(steps.map(({ began }) => began));
  const gaps: Stretch[] = [];
  for (let at = span.from; at < span.to; at += step) {
    if (seen.has(at)) continue;
    const last = gaps.at(-1);
    if (last?.to === at) last.to = at + step;
    else
      gaps.push({
        from: at,
        to: at + step,
        look: "silent",
        words: "no line of these minutes: not logged, or not arrived",
      });
  }
  const from = newest - ARRIVING;
  return span.to <= from ? gaps : [...gaps, { from, to: span.to, look: "arriving", words: "still arriving" }];
};

const average = (step: number) => `average of ${step / 60} min`;

/** Bits and flows a second by action, the period before as a thin line. */
export const FlowCharts: FC<TrafficProps> = (props) => {
  const { steps, before = [], state, step } = props;
  const shift = state.span.to - state.span.from;
  const bits = (each: Step) => (each.accepted_bytes * 8) / step;
  const flows = (each: Step) => each.accepted / step;
  const line = (name: string, look: Series["look"], values: Series["values"]): Series => ({
    name,
    look,
    values,
  });
  const past = (value: (each: Step) => number) =>
    before.length > 0 ? [line("period before", "before", seriesOf(before, value, shift))] : [];
  const common = { span: state.span, step, stretches: stretchesOf(props) };
  return (
    <Panel
      wide
      id="traffic"
      title="Traffic"
      note={`Accepted; each packet counted once, ${average(step)}. Drag over a chart to look closer.`}
    >
      <Chart
        {...common}
        id="bits"
        label="Accepted bits a second over time"
        unit="bit/s"
        series={[line("accepted", "accept", seriesOf(steps, bits)), ...past(bits)]}
      />
      <Chart
        {...common}
        id="flows"
        label="Accepted flows a second over time"
        unit="flows/s"
        series={[line("accepted", "accept", seriesOf(steps, flows)), ...past(flows)]}
      />
    </Panel>
  );
};

/** Rejected flows a minute, on an axis of their own: by bytes nobody would see them. */
export const RejectChart: FC<TrafficProps> = (props) => {
  const { steps, state, step } = props;
  const values = seriesOf(steps, ({ rejected }) => (rejected * 60) / step);
  return (
    <Panel
      wide
      id="rejects"
      title="Rejected"
      note={`By security groups and network ACLs, ${average(step)}. Most are somebody's scan.`}
    >
      <Chart
        id="rejected"
        label="Rejected flows a minute over time"
        unit="flows/min"
        span={state.span}
        step={step}
        stretches={stretchesOf(props)}
        series={[{ name: "rejected", look: "reject", values }]}
      />
    </Panel>
  );
};
