import type { FC } from "hono/jsx";
import { argumentsFor } from "../../queries";
import type { Lake } from "../lake/lake";
import type { Row, Span } from "../lake/store";
import { bytesText, grouped, share, si } from "./numbers";
import { Panel } from "./panel";
import { Time } from "./time";

const Figure: FC<{ name: string; exact: string; value: string }> = ({ name, exact, value }) => (
  <div>
    <dt>{name}</dt>
    <dd title={exact}>{value}</dd>
  </div>
);

/** Says what moments are on a page over a table without the field `start`. */
export const ByArrival: FC = () => (
  <p class="note">
    The flow logs of this lake have no start: moments here are those of arrival, by the hour;{" "}
    {argumentsFor(["start"])}.
  </p>
);

/** The sums of a window. `inToo`: what is in is shown beside what is out. */
export const Figures: FC<{ totals: Row; span: Span; inToo?: boolean }> = ({ totals, span, inToo }) => {
  const n = (name: string) => Number(totals[name] ?? 0);
  const received = n("bytes") - n("out_bytes");
  const rate = (n("bytes") * 8) / (span.to - span.from);
  return (
    <dl class="figures" id="figures">
      <Figure name="sent" exact={`${grouped(n("out_bytes"))} bytes`} value={bytesText(n("out_bytes"))} />
      {inToo && <Figure name="received" exact={`${grouped(received)} bytes`} value={bytesText(received)} />}
      <Figure name="on average" exact={`${grouped(Math.round(rate))} bit/s`} value={si(rate, "bit/s")} />
      <Figure name="flows" exact={grouped(n("flows"))} value={grouped(n("flows"))} />
      <Figure name="rejected" exact={`${grouped(n("rejected"))} flows`} value={grouped(n("rejected"))} />
      <Figure name="pairs" exact="pairs of a sender and a receiver" value={grouped(n("pairs"))} />
      <Figure name="interfaces" exact={grouped(n("interfaces"))} value={grouped(n("interfaces"))} />
    </dl>
  );
};

/** How the lines themselves are: whether all came, and all could be read. */
export const Health: FC<{ totals: Row; lake: Lake }> = ({ totals, lake }) => {
  const n = (name: string) => Number(totals[name] ?? 0);
  const rows: [name: string, value: string, note: string][] = [
    ["lines", grouped(n("lines")), "of the window that pass the filters"],
    ["unparsed", grouped(n("unparsed")), "did not fit the format; the query unparsed-lines shows them"],
    ["NODATA", grouped(n("nodata")), "windows of an interface without traffic"],
    ["SKIPDATA", grouped(n("skipdata")), "windows that AWS could not record: traffic is missing"],
  ];
  return (
    <Panel id="health" title="The lines themselves">
      <table>
        <tbody>
          {rows.map(([name, value, note]) => (
            <tr>
              <th scope="row">{name}</th>
              <td class="n">{value}</td>
              <td class="note">
                {note}
                {name === "unparsed" && n("lines") > 0
                  ? ` (${share(n("unparsed"), n("lines")) || "0 %"})`
                  : ""}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">newest flow</th>
            <td class="n">
              <Time at={lake.newest} />
            </td>
            <td class="note">of the lake; lines arrive up to 10 minutes after their flow, an hour at most</td>
          </tr>
        </tbody>
      </table>
    </Panel>
  );
};
