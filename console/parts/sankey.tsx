import { sankey, sankeyLinkHorizontal } from "d3-sankey";
import type { FC } from "hono/jsx";
import type { Pair } from "../lake/panels";
import type { State } from "../state";
import { pageOf } from "./cell";
import { bytesText, grouped } from "./numbers";

const WIDTH = 720;
const ROW = 30;
/** Room for the names on either side. */
const SIDE = 190;
const OTHER = "Other";

interface Node {
  /** `from 10.0.1.5` or `to 10.0.1.5`: an address that sends and receives is two nodes, so that there is no cycle. */
  id: string;
  name: string;
  isSource: boolean;
}

interface Link {
  source: string;
  target: string;
  value: number;
  rejected: number;
}

/** The pairs that carry most, and all others as one. */
const withOther = (pairs: Pair[], shown: number): Pair[] => {
  const rest = pairs.slice(shown);
  if (rest.length === 0) return pairs;
  const sum = (of: (pair: Pair) => number) => rest.reduce((all, pair) => all + of(pair), 0);
  const other = {
    source: OTHER,
    destination: OTHER,
    bytes: sum((p) => p.bytes),
    flows: sum((p) => p.flows),
    rejected: sum((p) => p.rejected),
  };
  return [...pairs.slice(0, shown), other];
};

const layout = (pairs: Pair[]) => {
  const ids = (isSource: boolean) =>
    [...new Set(pairs.map((pair) => (isSource ? pair.source : pair.destination)))].map(
      (name): Node => ({ id: `${isSource ? "from" : "to"} ${name}`, name, isSource }),
    );
  const nodes = [...ids(true), ...ids(false)];
  const links = pairs.map(
    ({ source, destination, bytes, rejected }): Link => ({
      source: `from ${source}`,
      target: `to ${destination}`,
      value: Math.max(bytes, 1),
      rejected,
    }),
  );
  const rows = Math.max(ids(true).length, ids(false).length);
  const height = Math.max(rows * ROW, 60);
  const make = sankey<Node, Link>()
    .nodeId(({ id }) => id)
    .nodeWidth(10)
    .nodePadding(18)
    .extent([
      [SIDE, 4],
      [WIDTH - SIDE, height - 12],
    ]);
  return { height, ...make({ nodes, links }) };
};

const cut = (name: string) => (name.length > 27 ? `${name.slice(0, 26)}…` : name);

/** Who talks to whom as bands from senders to receivers, as wide as their bytes. */
export const Sankey: FC<{ pairs: Pair[]; path: string; state: State }> = ({ pairs, path, state }) => {
  const { nodes, links, height } = layout(withOther(pairs, 25));
  const band = sankeyLinkHorizontal<Node, Link>();
  return (
    <svg
      aria-label="Who talks to whom, by bytes; the table below has the same"
      class="sankey"
      viewBox={`0 0 ${WIDTH} ${height}`}
    >
      {links.map((link) => {
        const [from, to] = [link.source, link.target] as unknown as [Node, Node];
        return (
          <path
            class={link.rejected > 0 ? "band rejects" : "band"}
            d={band(link) ?? ""}
            stroke-width={Math.max(link.width ?? 1, 1)}
          >
            <title>{`${from.name} to ${to.name}: ${bytesText(link.value)}, ${grouped(link.rejected)} rejected flows`}</title>
          </path>
        );
      })}
      {nodes.map(({ name, isSource, x0 = 0, x1 = 0, y0 = 0, y1 = 0, value = 0 }) => {
        const text = (
          <text x={isSource ? x0 - 6 : x1 + 6} y={(y0 + y1) / 2 + 4} text-anchor={isSource ? "end" : "start"}>
            {cut(name)}
            <title>{`${name}: ${bytesText(value)}`}</title>
          </text>
        );
        return (
          <>
            <rect class="node" x={x0} y={y0} width={x1 - x0} height={Math.max(y1 - y0, 1)} />
            {name === OTHER ? (
              text
            ) : (
              <a href={pageOf(isSource ? "source" : "destination", name, path, state)}>{text}</a>
            )}
          </>
        );
      })}
    </svg>
  );
};
