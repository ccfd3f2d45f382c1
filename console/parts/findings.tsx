import type { FC } from "hono/jsx";
import { savedQueries } from "../../queries";
import { pageIn, type State } from "../state";
import { Panel } from "./panel";

/** Queries that look for attacks without a parameter that only a person can give. */
const DETECTIONS = savedQueries().filter(
  ({ group, name }) => group === "security" && name !== "listed-address",
);

/** The address of a saved query's page in a window. */
export const queryPage = (name: string, state: State): string =>
  pageIn(`/queries/${name}`, { ...state, filters: [] });

/** What the security queries find in the window. The page's script asks them one after another; without, each is a link. */
export const Findings: FC<{ state: State }> = ({ state }) => (
  <Panel
    id="findings"
    title="Findings"
    note="What the security queries find in the window, whatever the filters are. Each finding is a reason to look, and no verdict."
  >
    <ul class="findings">
      {DETECTIONS.map(({ name, title }) => (
        <li data-ask={pageIn(`/queries/${name}/count`, { ...state, filters: [] })}>
          <a href={queryPage(name, state)}>{title}</a> <output />
        </li>
      ))}
    </ul>
  </Panel>
);
