import type { Child, FC } from "hono/jsx";
import { type Filter, filterText, SUBJECTS } from "../lake/filters";
import { filtered, LASTS, type Last, pageIn, type State, unfiltered } from "../state";
import { Time } from "./time";

const PAGES = [
  ["/", "Overview"],
  ["/queries", "Queries"],
  ["/sql", "SQL"],
];

const NAMES: Record<Last, string> = { "1h": "hour", "6h": "6 hours", "24h": "day", "7d": "7 days" };

/** A moment as a browser's form has it, in UTC. */
const local = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 16);

/** Hidden fields that keep the filters when a form is sent. */
const Kept: FC<{ filters: Filter[] }> = ({ filters }) => (
  <>
    {filters.map((filter) => (
      <input type="hidden" name={filter.excludes ? "not" : "is"} value={filterText(filter)} />
    ))}
  </>
);

/** Hidden fields that keep the window. */
export const KeptWindow: FC<{ state: State }> = ({ state: { last, span } }) =>
  last ? (
    <input type="hidden" name="last" value={last} />
  ) : (
    <>
      <input type="hidden" name="from" value={String(span.from)} />
      <input type="hidden" name="to" value={String(span.to)} />
    </>
  );

const WindowBar: FC<{ path: string; state: State }> = ({ path, state }) => (
  <nav class="window" aria-label="Window of time">
    <ul>
      {(Object.keys(LASTS) as Last[]).map((last) => (
        <li>
          <a href={pageIn(path, { ...state, last })} aria-current={state.last === last ? "true" : undefined}>
            {NAMES[last]}
          </a>
        </li>
      ))}
    </ul>
    <form method="get" action={path}>
      <Kept filters={state.filters} />
      <label>
        from <input type="datetime-local" name="from" value={local(state.span.from)} />
      </label>
      <label>
        to <input type="datetime-local" name="to" value={local(state.span.to)} />
      </label>
      <span class="zone">UTC</span>
      <button type="submit">Show</button>
    </form>
  </nav>
);

const FilterBar: FC<{ path: string; state: State }> = ({ path, state }) => (
  <div class="filters">
    <ul aria-label="Filters">
      {state.filters.map((filter) => (
        <li class={filter.excludes ? "chip not" : "chip"}>
          <a
            href={filtered(path, state, { ...filter, excludes: !filter.excludes })}
            title={filter.excludes ? "Show only these instead" : "Leave these out instead"}
          >
            {filter.excludes ? "not" : "only"}
          </a>{" "}
          {filter.subject} <strong>{filter.value}</strong>{" "}
          <a href={unfiltered(path, state, filter)} aria-label={`Remove the filter ${filterText(filter)}`}>
            ✕
          </a>
        </li>
      ))}
    </ul>
    <form method="get" action="/filter">
      <input type="hidden" name="page" value={path} />
      <KeptWindow state={state} />
      <Kept filters={state.filters} />
      <label>
        Filter by{" "}
        <select name="subject">
          {Object.keys(SUBJECTS).map((subject) => (
            <option>{subject}</option>
          ))}
        </select>
      </label>
      <input name="value" aria-label="Value of the filter" placeholder="10.0.1.5, 443, eni-…" required />
      <button type="submit" name="as" value="is">
        only
      </button>
      <button type="submit" name="as" value="not">
        without
      </button>
    </form>
  </div>
);

/** What every page has around its own part. */
export interface Frame {
  title: string;
  path: string;
  /** The state of a page with a window. */
  state?: State;
  /** True if filters hold for the page's content. */
  isFiltered?: boolean;
  /** Scripts of the page's own, by their names. */
  scripts?: string[];
  /** The files that the pages load, by their names. */
  assets: Record<string, string>;
  lake: string;
  nonce?: string;
}

export const Head: FC<Frame> = ({ title, assets, scripts = [], nonce }) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    {nonce && <meta name="csp-nonce" content={nonce} />}
    <title>{`${title} · flowlogs`}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href={assets["style.css"]} />
    {["page.js", ...scripts].map((name) => (
      <script type="module" src={assets[name]} />
    ))}
  </head>
);

export const Top: FC<Frame> = ({ title, path, state, isFiltered, lake }) => (
  <>
    <a class="skip" href="#main">
      Skip to the page
    </a>
    <header>
      <nav aria-label="Pages">
        <strong>flowlogs</strong>
        <ul>
          {PAGES.map(([to, name]) => (
            <li>
              <a href={state ? pageIn(to, state) : to} aria-current={path === to ? "page" : undefined}>
                {name}
              </a>
            </li>
          ))}
        </ul>
        <span class="lake">{lake}</span>
        <button type="button" id="zone" hidden>
          UTC
        </button>
      </nav>
      {state && <WindowBar path={path} state={state} />}
      {state && isFiltered && <FilterBar path={path} state={state} />}
    </header>
    <h1>
      {title}
      {state && (
        <small>
          {" "}
          <Time at={state.span.from} /> to <Time at={state.span.to} />
        </small>
      )}
    </h1>
  </>
);

/** A whole page. */
export const Page: FC<Frame & { children?: Child }> = ({ children, ...frame }) => (
  <html lang="en">
    <Head {...frame} />
    <body>
      <Top {...frame} />
      <main id="main">{children}</main>
    </body>
  </html>
);

/** An error, in the place of what was asked for. */
export const Failed: FC<{ children?: Child }> = ({ children }) => (
  <p class="failed" role="alert">
    {children}
  </p>
);
