import type { FC } from "hono/jsx";
import type { Subject } from "../lake/filters";
import type { Top } from "../lake/panels";
import type { State } from "../state";
import { Subjected } from "./cell";
import { Headings } from "./headings";
import { bytesText, grouped, share } from "./numbers";
import { Empty } from "./panel";

/** A sorted list with a bar in each cell: what carries most, how much, and which share of all that is. */
export const Bars: FC<{ rows: Top[]; subject: Subject; heading: string; path: string; state: State }> = ({
  rows,
  subject,
  heading,
  path,
  state,
}) => {
  if (rows.length === 0) return <Empty>No flow of this window passes the filters.</Empty>;
  const most = Math.max(...rows.map(({ bytes }) => bytes), 1);
  return (
    <table class="bars">
      <Headings texts={[heading]} numbers={["bytes", "share", "flows", "rejected"]} />
      <tbody>
        {rows.map(({ name, bytes, flows, rejected, total }) => (
          <tr>
            <th scope="row">
              <svg class="bar" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 1">
                <rect width={((100 * bytes) / most).toFixed(2)} height="1" />
              </svg>
              <Subjected subject={subject} value={String(name)} path={path} state={state} />
            </th>
            <td class="n" title={`${grouped(bytes)} bytes`}>
              {bytesText(bytes)}
            </td>
            <td class="n">{share(bytes, total)}</td>
            <td class="n">{grouped(flows)}</td>
            <td class="n">{rejected > 0 ? grouped(rejected) : ""}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
