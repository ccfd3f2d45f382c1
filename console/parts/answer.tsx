import type { FC } from "hono/jsx";
import { shownAs } from "../../cli/output/people";
import type { AnswerStream } from "../../local/athena/answer";
import type { Subject } from "../lake/filters";
import type { State } from "../state";
import { Subjected } from "./cell";
import { grouped } from "./numbers";
import { Empty } from "./panel";

/** An answer's first rows, and how many there are. */
export interface Rows {
  columns: string[];
  types: string[];
  rows: unknown[][];
  count: number;
}

/** Reads a whole answer and keeps its first rows. */
export const readRows = async ({ columns, types, batches }: AnswerStream, kept: number): Promise<Rows> => {
  const rows: unknown[][] = [];
  let count = 0;
  for await (const batch of batches) {
    count += batch.length;
    if (rows.length < kept) rows.push(...batch.slice(0, kept - rows.length));
  }
  return { columns, types, rows, count };
};

/** Columns whose values have a page. */
const SUBJECT_OF: [name: RegExp, subject: Subject][] = [
  [/^(src|dst|pkt_src|pkt_dst)addr$|^(address|source|destination|peer|one_target)$/, "address"],
  [/^(src|dst)?port$/, "port"],
  [/^interface_id$/, "interface"],
  [/^(src_|dst_)?network$/, "network"],
];

const subjectOf = (column: string) => SUBJECT_OF.find(([name]) => name.test(column))?.[1];

/** Controls that a browser would obey or reorder by, shown as they are written. */
const visible = (text: string) =>
  text.replaceAll(
    /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

const isNumber = (type: string) => /INT|DECIMAL|DOUBLE|FLOAT/.test(type);

const Cell: FC<{ column: string; type: string; value: unknown; state?: State }> = ({
  column,
  type,
  value,
  state,
}) => {
  if (value === null || value === undefined) return <td class="null">NULL</td>;
  const text = visible(String(value));
  const subject = state && subjectOf(column);
  const shown = shownAs(column, type)(text);
  if (subject)
    return (
      <td>
        <Subjected subject={subject} value={text} path="/" state={state} />
      </td>
    );
  return (
    <td
      class={isNumber(type) ? "n" : undefined}
      title={shown === text ? undefined : text}
      data-value={isNumber(type) ? text : undefined}
    >
      {shown}
    </td>
  );
};

/** An answer as a table that can be sorted. */
export const Answered: FC<{ answer: Rows; state?: State }> = ({
  answer: { columns, types, rows, count },
  state,
}) =>
  count === 0 ? (
    <Empty>No rows: nothing of this window fits. A longer window may have some.</Empty>
  ) : (
    <>
      <p class="note">
        {grouped(count)} {count === 1 ? "row" : "rows"}
        {count > rows.length && `, the first ${grouped(rows.length)} of them here; CSV and JSON have all`}
      </p>
      <section class="scroll" tabindex={0} aria-label="Answer">
        <table class="answer sortable">
          <thead>
            <tr>
              {columns.map((name, i) => (
                <th scope="col" class={isNumber(types[i]) ? "n" : undefined}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr>
                {row.map((value, i) => (
                  <Cell column={columns[i]} type={types[i]} value={value} state={state} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
