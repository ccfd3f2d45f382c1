import type { Child, FC } from "hono/jsx";
import { GROUP_LEVELS, type GroupLevel, LEVEL_NAMES } from "../lake/groups";
import type { Lake } from "../lake/lake";
import { type Asked, type Pair, pairs, sizes } from "../lake/panels";
import type { State } from "../state";
import { Subjected } from "./cell";
import { Headings } from "./headings";
import { Matrix } from "./matrix";
import { bytesText, grouped } from "./numbers";
import { Empty, Missing, missingIn, Panel } from "./panel";
import { Sankey } from "./sankey";

/** The most nodes of a side that are drawn as bands, and the most rows or columns of a grid. */
const BANDS = 20;
const GRID = 40;
/** Pairs in the table. */
const LISTED = 25;

type Level = GroupLevel | "network";

const Listed: FC<{ pairs: Pair[]; level: Level; path: string; state: State }> = ({
  pairs,
  level,
  path,
  state,
}) => (
  <table>
    <Headings texts={["from", "to"]} numbers={["bytes", "flows", "rejected"]} />
    <tbody>
      {pairs.slice(0, LISTED).map(({ source, destination, bytes, flows, rejected }) => (
        <tr>
          <td>
            <Subjected
              subject={level === "network" ? "network" : "source"}
              value={source}
              path={path}
              state={state}
            />
          </td>
          <td>
            <Subjected
              subject={level === "network" ? "network" : "destination"}
              value={destination}
              path={path}
              state={state}
            />
          </td>
          <td class="n" title={`${grouped(bytes)} bytes`}>
            {bytesText(bytes)}
          </td>
          <td class="n">{grouped(flows)}</td>
          <td class="n">{rejected > 0 ? grouped(rejected) : ""}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** The finest level at which a picture has room: addresses, then networks by name where there are some, then blocks. */
const levelFor = async (asked: Asked, lake: Lake): Promise<{ level: Level; size: number }> => {
  const named: Level[] = lake.store.table.columns.has("src_network") ? ["network"] : [];
  const levels: Level[] = [GROUP_LEVELS[0], ...named, ...GROUP_LEVELS.slice(1)];
  const found = await sizes(asked, levels);
  const n = found.findIndex((size) => size <= GRID);
  return n < 0 ? { level: "range", size: found[found.length - 1] } : { level: levels[n], size: found[n] };
};

/** The pairs of the first senders and receivers that a grid has room for; the pairs come by their bytes. */
const within = (all: Pair[]): Pair[] => {
  const first = (names: string[]) => new Set([...new Set(names)].slice(0, GRID));
  const sources = first(all.map(({ source }) => source));
  const destinations = first(all.map(({ destination }) => destination));
  return all.filter(({ source, destination }) => sources.has(source) && destinations.has(destination));
};

const words = (level: Level, size: number) =>
  `By ${level === "network" ? "named network" : LEVEL_NAMES[level]}, at the sender; ${
    size <= BANDS
      ? "senders on the left, receivers on the right."
      : "senders down, receivers across; each shade is ten times the one before, and a corner marks rejected flows."
  }`;

/** Who talks to whom, drawn by how many there are: bands, a grid of addresses, or a grid of groups. */
export const whoTalks = async (asked: Asked, lake: Lake, path: string, state: State): Promise<Child> => {
  const missing = missingIn(lake.store.table.layout, ["srcaddr", "dstaddr", "bytes"]);
  const panel = (note: string | undefined, children: Child) => (
    <Panel wide id="who" title="Who talks to whom" note={note}>
      {children}
    </Panel>
  );
  if (missing.length > 0) return panel(undefined, <Missing fields={missing} />);
  const { level, size } = await levelFor(asked, lake);
  const found = await pairs(asked, level, GRID * GRID);
  if (found.length === 0) return panel(undefined, <Empty>No flow of this window passes the filters.</Empty>);
  const drawn = within(found);
  const Picture = size <= BANDS ? Sankey : Matrix;
  return panel(
    words(level, size),
    <>
      <div class="picture">
        <Picture pairs={drawn} path={path} state={state} />
      </div>
      <Listed pairs={found} level={level} path={path} state={state} />
    </>,
  );
};
