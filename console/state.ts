import { type Filter, filterOf, filterText } from "./lake/filters";
import { BUCKET } from "./lake/rollup-sql";
import type { Span } from "./lake/store";

/** Windows that have a name, in hours. */
export const LASTS = { "1h": 1, "6h": 6, "24h": 24, "7d": 168 } as const;

export type Last = keyof typeof LASTS;

/** A page's window and filters, all of which are in its address. */
export interface State {
  span: Span;
  /** Name of the window before the newest flow; undefined for a window from one time to another. */
  last?: Last;
  filters: Filter[];
}

/** A page's address has an invalid parameter. */
export class StateError extends Error {}

const DEFAULT: Last = "24h";

const down = (seconds: number) => Math.floor(seconds / BUCKET) * BUCKET;
const up = (seconds: number) => Math.ceil(seconds / BUCKET) * BUCKET;

/** Parses epoch seconds, or a UTC time as a browser's form writes it. */
const momentOf = (name: string, text: string): number => {
  if (/^\d{9,11}$/.test(text)) return Number(text);
  const at = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?Z?$/.test(text)
    ? Date.parse(`${text.replace("Z", "")}${text.includes("T") ? "Z" : ""}`)
    : Number.NaN;
  if (Number.isNaN(at))
    throw new StateError(
      `${name} takes a time such as 2026-01-15T10:30 (UTC) or epoch seconds instead of "${text}"`,
    );
  return at / 1000;
};

const spanOf = (query: URLSearchParams, newest: number): Pick<State, "span" | "last"> => {
  const [from, to] = [query.get("from"), query.get("to")];
  const end = up(newest + 1);
  if (from === null && to === null) {
    const last = query.get("last") ?? DEFAULT;
    if (!Object.hasOwn(LASTS, last))
      throw new StateError(`last is one of ${Object.keys(LASTS).join(", ")} instead of "${last}"`);
    return { span: { from: end - LASTS[last as Last] * 3600, to: end }, last: last as Last };
  }
  const until = to === null || to === "" ? end : up(momentOf("to", to));
  const span = {
    from: from === null || from === "" ? until - 86_400 : down(momentOf("from", from)),
    to: until,
  };
  if (span.from >= span.to) throw new StateError("the window is empty: from must be before to");
  return { span };
};

/** Parses a page's address. @throws StateError, or FilterError. */
export const stateOf = (query: URLSearchParams, newest: number): State => ({
  ...spanOf(query, newest),
  filters: [
    ...query.getAll("is").map((text) => filterOf(text, false)),
    ...query.getAll("not").map((text) => filterOf(text, true)),
  ],
});

/** Returns the filters with one more, in place of an equal or opposite one. */
const withFilter = (filters: Filter[], added: Filter): Filter[] => [
  ...filters.filter((each) => filterText(each) !== filterText(added)),
  added,
];

/** Returns the query string of a state. */
export const queryOf = ({ span, last, filters }: State): string => {
  const query = new URLSearchParams();
  if (last === undefined) {
    query.set("from", String(span.from));
    query.set("to", String(span.to));
  } else if (last !== DEFAULT) query.set("last", last);
  for (const filter of filters) query.append(filter.excludes ? "not" : "is", filterText(filter));
  const text = query.toString();
  return text && `?${text}`;
};

/** Returns the address of a page in this state. */
export const pageIn = (path: string, state: State): string => `${path}${queryOf(state)}`;

/** Returns the address of the same page with one filter added or removed. */
export const filtered = (path: string, state: State, filter: Filter): string =>
  pageIn(path, { ...state, filters: withFilter(state.filters, filter) });

export const unfiltered = (path: string, state: State, filter: Filter): string =>
  pageIn(path, { ...state, filters: state.filters.filter((each) => each !== filter) });
