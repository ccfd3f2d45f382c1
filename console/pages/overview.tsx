import type { Child } from "hono/jsx";
import type { Lake } from "../lake/lake";
import type { Asked } from "../lake/panels";
import { series, stepOf, top, totals } from "../lake/panels";
import { Bars } from "../parts/bars";
import { ByArrival, Figures, Health } from "../parts/figures";
import { Findings } from "../parts/findings";
import { Missing, missingIn, Panel } from "../parts/panel";
import { FlowCharts, RejectChart } from "../parts/traffic";
import { whoTalks } from "../parts/who-talks";
import type { State } from "../state";

const PATH = "/";

/** A ranking of the overview: its heading, the fields that it needs, and how it counts. */
const RANKINGS = [
  { subject: "source", title: "Top sources", heading: "address", fields: ["srcaddr", "dstaddr", "bytes"] },
  {
    subject: "destination",
    title: "Top destinations",
    heading: "address",
    fields: ["srcaddr", "dstaddr", "bytes"],
  },
  {
    subject: "port",
    title: "Services",
    heading: "port",
    fields: ["srcport", "dstport", "protocol", "bytes"],
  },
  { subject: "protocol", title: "Protocols", heading: "protocol", fields: ["protocol", "bytes"] },
  { subject: "interface", title: "Interfaces", heading: "interface", fields: ["interface-id", "bytes"] },
] as const;

const NOTES: Partial<Record<(typeof RANKINGS)[number]["subject"], string>> = {
  interface: "All that passed an interface; a flow between two of them is in both.",
};

async function* panels(lake: Lake, state: State): AsyncGenerator<Child> {
  const asked: Asked = { store: lake.store, ...state };
  const all = await totals(asked);
  if (!lake.store.table.columns.has("start")) yield <ByArrival />;
  yield <Figures totals={all} span={state.span} />;
  const steps = await series(asked);
  const span = { from: state.span.from - (state.span.to - state.span.from), to: state.span.from };
  const before = lake.isReady(span) ? await series({ ...asked, span }) : undefined;
  const step = stepOf(asked);
  yield <FlowCharts steps={steps} before={before} state={state} step={step} newest={lake.newest} />;
  yield <RejectChart steps={steps} state={state} step={step} newest={lake.newest} />;
  yield <Findings state={state} />;
  for (const { subject, title, heading, fields } of RANKINGS) {
    const missing = missingIn(lake.store.table.layout, fields);
    yield (
      <Panel title={title} id={`top-${subject}`} note={NOTES[subject]}>
        {missing.length > 0 ? (
          <Missing fields={missing} />
        ) : (
          <Bars
            rows={await top(asked, subject)}
            subject={subject}
            heading={heading}
            path={PATH}
            state={state}
          />
        )}
      </Panel>
    );
  }
  yield await whoTalks(asked, lake, PATH, state);
  yield <Health totals={all} lake={lake} />;
}

/** The overview, a panel at a time. */
export const overview = { title: "Overview", path: PATH, panels };
