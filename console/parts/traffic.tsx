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
  /** True if what is in is drawn beside what is out. */
  inToo?: boolean;
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

type Drawn = [name: string, look: Series["look"], value: (step: Step) => number];

/** Bits a second and flows a second: the charts' names, units and lines. */
const chartsOf = ({ step, inToo }: TrafficProps) => {
  const bits = (bytes: number) => (bytes * 8) / step;
  const lines: Drawn[] = inToo
    ? [
        ["sent", "accept", (each) => bits(each.out_bytes)],
        ["received", "second", (each) => bits(each.bytes - each.out_bytes)],
      ]
    : [["accepted", "accept", (each) => bits(each.bytes)]];
  const flows: Drawn[] = [["accepted", "accept", (each) => each.accepted / step]];
  return [
    { id: "bits", title: "Traffic", unit: "bit/s", lines },
    { id: "flows", title: "Flows", unit: "flows/s", lines: flows },
  ];
};

/** Bits and flows a second, the period before as a thin line. */
export const FlowCharts: FC<TrafficProps> = (props) => {
  const { steps, before = [], state, step } = props;
  const shift = state.span.to - state.span.from;
  return (
    <>
      {chartsOf(props).map(({ id, title, unit, lines: [first, ...others] }) => (
        <Panel
          id={id}
          title={title}
          note={`Accepted, each packet counted once, ${average(step)}. Drag over a chart to look closer.`}
        >
          <Chart
            id={`${id}-chart`}
            label={`${title} in ${unit} over time`}
            unit={unit}
            span={state.span}
            step={step}
            stretches={stretchesOf(props)}
            series={[
              ...(before.length > 0
                ? [
                    {
                      name: "period before",
                      look: "before" as const,
                      values: seriesOf(before, first[2], shift),
                    },
                  ]
                : []),
              ...[first, ...others].map(([name, look, value]) => ({
                name,
                look,
                values: seriesOf(steps, value),
              })),
            ]}
          />
        </Panel>
      ))}
    </>
  );
};

/** Rejected flows a minute, on an axis of their own: by bytes nobody would see them. */
export const RejectChart: FC<TrafficProps> = (props) => {
  const { steps, state, step } = props;
  const values = seriesOf(steps, ({ rejected }) => (rejected * 60) / step);
  return (
    <Panel
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
