import type { Child } from "hono/jsx";
import { quoted } from "../../local/firehose/convert";
import type { Filter } from "../lake/filters";
import type { Lake } from "../lake/lake";
import { type Asked, series, stepOf, type TopSubject, top, totals } from "../lake/panels";
import { Bars } from "../parts/bars";
import { ByArrival, Figures } from "../parts/figures";
import { Empty, Panel } from "../parts/panel";
import { Time } from "../parts/time";
import { FlowCharts, RejectChart } from "../parts/traffic";
import { whoTalks } from "../parts/who-talks";
import type { State } from "../state";

/** Rankings of a page about an address, port, interface or network. */
const RANKINGS: [subject: TopSubject, title: string, heading: string][] = [
  ["source", "Senders", "address"],
  ["destination", "Receivers", "address"],
  ["port", "Services", "port"],
  ["protocol", "Protocols", "protocol"],
  ["interface", "Interfaces", "interface"],
];

/**
 * Which rows count for a page, and which of them are out: an address has what it sent and received, a gateway too; an interface
 * all that passed it.
 */
const sidesOf = ({ subject, value }: Filter): { counts?: string; out?: string } => {
  if (subject === "address") {
    const out = `source = ${quoted(value)}`;
    return { counts: `CASE WHEN ${out} THEN sent ELSE received END`, out };
  }
  return subject === "interface" ? { counts: "TRUE", out: "coalesce(leaves, TRUE)" } : {};
};

/** Senders to an address, and receivers from it, are those on the other side. */
const peersOf = (asked: Asked, { subject, value }: Filter, ranked: TopSubject): Asked => {
  const other = { source: "destination", destination: "source" } as const;
  if (subject !== "address" || !(ranked === "source" || ranked === "destination")) return asked;
  return { ...asked, filters: [...asked.filters, { subject: other[ranked], value, excludes: false }] };
};

/** A page about one address, port, interface or network: what it sent and received in the window. */
export const about = (filter: Filter) => {
  const path = `/${filter.subject}/${encodeURIComponent(filter.value)}`;
  async function* panels(lake: Lake, state: State): AsyncGenerator<Child> {
    const asked = {
      store: lake.store,
      span: state.span,
      filters: [...state.filters, filter],
      ...sidesOf(filter),
    };
    const inToo = asked.out !== undefined;
    const all = await totals(asked);
    if (Number(all.lines) === 0) {
      yield <Empty>No line of this window has this {filter.subject}. A longer window may.</Empty>;
      return;
    }
    if (!lake.store.table.columns.has("start")) yield <ByArrival />;
    yield <Figures totals={all} span={state.span} inToo={inToo} />;
    yield (
      <p class="note">
        First seen in this window at <Time at={Number(all.first_seen ?? state.span.from)} />, last at{" "}
        <Time at={Number(all.newest ?? all.last_seen)} />.
      </p>
    );
    const steps = await series(asked);
    const step = stepOf(asked);
    yield <FlowCharts inToo={inToo} steps={steps} state={state} step={step} newest={lake.newest} />;
    yield <RejectChart steps={steps} state={state} step={step} newest={lake.newest} />;
    for (const [subject, title, heading] of RANKINGS)
      yield (
        <Panel title={title} id={`top-${subject}`}>
          <Bars
            rows={await top(peersOf(asked, filter, subject), subject)}
            subject={subject}
            heading={heading}
            path={path}
            state={state}
          />
        </Panel>
      );
    yield await whoTalks(asked, lake, path, state);
  }
  return { title: `${filter.subject} ${filter.value}`, path, panels };
};
