import type { FC } from "hono/jsx";
import type { Span } from "../lake/store";
import { grouped, si, utc } from "./numbers";

/** One line of a chart. A step without a value is a gap. */
export interface Series {
  name: string;
  /** Class by which the style colours it. */
  look: "accept" | "second" | "reject" | "before";
  values: Map<number, number>;
}

/** A stretch of time that is drawn in another way. */
export interface Stretch {
  from: number;
  to: number;
  look: "arriving" | "silent";
  words: string;
}

interface ChartProps {
  id: string;
  label: string;
  unit: string;
  span: Span;
  /** Seconds between two values. */
  step: number;
  series: Series[];
  stretches?: Stretch[];
}

const WIDTH = 720;
const HEIGHT = 228;
const LEFT = 84;
const BOTTOM = 30;
const TOP = 18;
const RIGHT = 8;
const INNER = WIDTH - LEFT - RIGHT;
const DEEP = HEIGHT - TOP - BOTTOM;

const TICKS = [300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800];

/** Moments on the axis: whole hours or days, six or fewer. */
export const ticksOf = ({ from, to }: Span): number[] => {
  const every =
    TICKS.find((seconds) => (to - from) / seconds <= 7) ?? 604_800 * Math.ceil((to - from) / 604_800 / 7);
  const first = Math.ceil(from / every) * every;
  return Array.from({ length: Math.floor((to - first) / every) + 1 }, (_, n) => first + n * every).filter(
    (at) => at < to,
  );
};

/** The end of the value axis: 1, 2 or 5 with zeros behind, so that four lines stand at round values. */
export const ceilingOf = (most: number): number => {
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 4, 5, 10].map((n) => n * power).find((value) => value >= most) ?? 10 * power;
};

/** Texts of moments: hours within days, days else. */
const tickText = (at: number, { from, to }: Span) =>
  to - from <= 2 * 86_400 ? utc(at).slice(11) : utc(at).slice(5, 10);

/** The path of a series; gaps begin it again. A value between two gaps is a dot. */
const pathOf = (
  { values }: Series,
  steps: number[],
  x: (at: number) => number,
  y: (value: number) => number,
): string => {
  let drawing = false;
  const parts: string[] = [];
  for (const at of steps) {
    const value = values.get(at);
    if (value !== undefined)
      parts.push(`${drawing ? "L" : "M"}${x(at).toFixed(1)} ${y(value).toFixed(1)}${drawing ? "" : "h0.01"}`);
    drawing = value !== undefined;
  }
  return parts.join("");
};

const Axes: FC<{
  props: ChartProps;
  top: number;
  x: (at: number) => number;
  y: (value: number) => number;
}> = ({ props: { span }, top, x, y }) => (
  <g class="axes">
    {[0, 0.25, 0.5, 0.75, 1].map((share) => (
      <>
        <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(share * top)} y2={y(share * top)} />
        <text x={LEFT - 6} y={y(share * top) + 5} text-anchor="end">
          {si(share * top)}
        </text>
      </>
    ))}
    {ticksOf(span).map((at) => (
      <text x={x(at)} y={HEIGHT - 6} text-anchor="middle" class="tick" data-at={String(at)}>
        {tickText(at, span)}
      </text>
    ))}
  </g>
);

/** Columns that nobody sees, with the exact values of their step for whoever points at them. */
const Values: FC<{ props: ChartProps; steps: number[]; x: (at: number) => number }> = ({
  props: { series, step, unit },
  steps,
  x,
}) => {
  const width = Math.max(x(steps[1] ?? steps[0] + step) - x(steps[0]), 1);
  return (
    <g class="values">
      {steps.map((at) => {
        const lines = series.map(
          ({ name, values }) =>
            `${name}: ${values.has(at) ? `${grouped(Math.round(values.get(at) ?? 0))} ${unit}` : "no data"}`,
        );
        return (
          <rect x={x(at) - width / 2} y={TOP} width={width} height={DEEP}>
            <title>{`${utc(at)} UTC\n${lines.join("\n")}`}</title>
          </rect>
        );
      })}
    </g>
  );
};

/** Values over time as a picture, drawn here, so that it needs no script. The page's script lets a part of it be chosen. */
export const Chart: FC<ChartProps> = (props) => {
  const { id, label, unit, span, step, series, stretches = [] } = props;
  const steps = Array.from(
    { length: Math.ceil((span.to - span.from) / step) },
    (_, n) => span.from + n * step,
  );
  const top = ceilingOf(Math.max(0, ...series.flatMap(({ values }) => [...values.values()])));
  const x = (at: number) => LEFT + ((at - span.from) / (span.to - span.from)) * INNER;
  const middle = (at: number) => x(at + step / 2);
  const y = (value: number) => TOP + DEEP - (value / top) * DEEP;
  return (
    <figure class="chart">
      <figcaption>
        {series.map(({ name, look }) => (
          <span class={`key ${look}`}>{name}</span>
        ))}
        <span class="unit">{unit}</span>
      </figcaption>
      <svg
        id={id}
        role="img"
        aria-label={label}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        class="time"
        data-from={String(span.from)}
        data-to={String(span.to)}
        data-left={String(LEFT / WIDTH)}
        data-right={String(1 - RIGHT / WIDTH)}
      >
        {stretches.map(({ from, to, look, words }) => (
          <rect
            class={`stretch ${look}`}
            x={x(Math.max(from, span.from))}
            y={TOP}
            width={Math.max(x(Math.min(to, span.to)) - x(Math.max(from, span.from)), 0)}
            height={DEEP}
          >
            <title>{words}</title>
          </rect>
        ))}
        <Axes props={props} top={top} x={x} y={y} />
        {series.map((each) => (
          <path class={`line ${each.look}`} d={pathOf(each, steps, middle, y)} />
        ))}
        <Values props={props} steps={steps} x={middle} />
      </svg>
    </figure>
  );
};
