import type { FC } from "hono/jsx";
import { filterText, type Subject } from "../lake/filters";
import { filtered, pageIn, type State } from "../state";
import { protocolName, serviceName } from "./numbers";

/** Pages that a subject has, by its filter's name. */
const PAGES: Partial<Record<Subject, string>> = {
  address: "/address/",
  source: "/address/",
  destination: "/address/",
  port: "/port/",
  interface: "/interface/",
  network: "/network/",
};

const nameBeside = (subject: Subject, value: string) => {
  if (subject === "port") return serviceName(value);
  return subject === "protocol" ? protocolName(value) : "";
};

/** The page of an address, port, interface or network; of a group of addresses, the page that it stands on with a filter. */
export const pageOf = (subject: Subject, value: string, path: string, state: State): string => {
  const page = PAGES[subject];
  if (page === undefined || value.includes("/"))
    return filtered(path, state, { subject, value, excludes: false });
  return pageIn(`${page}${encodeURIComponent(value)}`, state);
};

/** A value that leads to its page, with two links beside it: only rows with it, and only rows without it. */
export const Subjected: FC<{ subject: Subject; value: string; path: string; state: State }> = ({
  subject,
  value,
  path,
  state,
}) => {
  const only = { subject, value, excludes: false };
  const name = nameBeside(subject, value);
  return (
    <span class="subject">
      <a href={pageOf(subject, value, path, state)}>{value}</a>
      {name && <span class="name"> {name}</span>}
      <span class="narrow">
        <a
          href={filtered(path, state, only)}
          title={`Only ${filterText(only)}`}
          aria-label={`Only ${filterText(only)}`}
        >
          +
        </a>
        <a
          href={filtered(path, state, { ...only, excludes: true })}
          title={`Without ${filterText(only)}`}
          aria-label={`Without ${filterText(only)}`}
        >
          −
        </a>
      </span>
    </span>
  );
};
