import type { FC } from "hono/jsx";
import type { Pair } from "../lake/panels";
import { pageIn, type State } from "../state";
import { bytesText, grouped } from "./numbers";

const CELL = 18;
const LEFT = 190;
const TOP = 150;

/** Names by the volume that they send or receive, networks together: IPv4 in order of its bytes groups them. */
const ordered = (pairs: Pair[], of: (pair: Pair) => string): string[] => {
  const sums = new Map<string, number>();
  for (const pair of pairs) sums.set(of(pair), (sums.get(of(pair)) ?? 0) + pair.bytes);
  const start = (name: string) => name.split(/[.:]/, 2).join(".");
  const weights = new Map<string, number>();
  for (const [name, bytes] of sums) weights.set(start(name), (weights.get(start(name)) ?? 0) + bytes);
  const weight = (name: string) => weights.get(start(name)) ?? 0;
  return [...sums.keys()].sort(
    (a, b) =>
      weight(b) - weight(a) || start(a).localeCompare(start(b)) || (sums.get(b) ?? 0) - (sums.get(a) ?? 0),
  );
};

/** Five shades by powers of ten below the most. */
const shadeOf = (bytes: number, most: number): number =>
  bytes <= 0 ? 0 : Math.max(5 - Math.floor(Math.log10(most / bytes)), 1);

const cut = (name: string) => (name.length > 25 ? `${name.slice(0, 24)}…` : name);

/** Who talks to whom as a grid: senders down, receivers across. A cell leads to the traffic between the two. */
export const Matrix: FC<{ pairs: Pair[]; path: string; state: State }> = ({ pairs, path, state }) => {
  const rows = ordered(pairs, ({ source }) => source);
  const columns = ordered(pairs, ({ destination }) => destination);
  const most = Math.max(...pairs.map(({ bytes }) => bytes), 1);
  const between = ({ source, destination }: Pair) =>
    pageIn(path, {
      ...state,
      filters: [
        ...state.filters.filter(({ subject }) => subject !== "source" && subject !== "destination"),
        { subject: "source", value: source, excludes: false },
        { subject: "destination", value: destination, excludes: false },
      ],
    });
  return (
    <svg
      aria-label="Who talks to whom, by bytes; the table below has the same"
      class="matrix"
      viewBox={`0 0 ${LEFT + columns.length * CELL + 60} ${TOP + rows.length * CELL + 4}`}
    >
      {rows.map((name, n) => (
        <text x={LEFT - 6} y={TOP + n * CELL + 12} text-anchor="end">
          {cut(name)}
          <title>{name}</title>
        </text>
      ))}
      {columns.map((name, n) => (
        <text transform={`translate(${LEFT + n * CELL + 12} ${TOP - 6}) rotate(-60)`}>
          {cut(name)}
          <title>{name}</title>
        </text>
      ))}
      {pairs.map((pair) => {
        const [x, y] = [
          LEFT + columns.indexOf(pair.destination) * CELL,
          TOP + rows.indexOf(pair.source) * CELL,
        ];
        return (
          <a href={between(pair)}>
            <rect
              class={`cell shade-${shadeOf(pair.bytes, most)}`}
              x={x}
              y={y}
              width={CELL - 1}
              height={CELL - 1}
            >
              <title>{`${pair.source} to ${pair.destination}: ${bytesText(pair.bytes)}, ${grouped(pair.flows)} flows, ${grouped(pair.rejected)} rejected`}</title>
            </rect>
            {pair.rejected > 0 && <path class="corner" d={`M${x + CELL - 1} ${y}v6l-6 -6z`} />}
          </a>
        );
      })}
    </svg>
  );
};
