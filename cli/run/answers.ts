import { LocalAthena } from "../../local/athena";
import { EVERYTHING, missingFields, savedQueries, tableOf } from "../../queries";
import { layoutOfColumns } from "../../schema/layout";
import { DEFAULT_LAKE } from "../lakes";
import { formOf, toTable } from "../output/table";
import { wrapped } from "../output/wrap";

/** Saved queries that a run shows: top talkers, ports, rejections, and traffic to the outside. */
const SHOWN = ["top-talkers", "traffic-by-port", "rejected-by-port", "internet-egress"];
/** Rows shown of each answer. */
const ROWS = 5;

/** Format of answers: values for people, also in a pipe, since `--json` prints figures for programs. */
const form = () => ({ people: true, width: formOf(process.stdout).width ?? 80 });

/** Returns commands with which to ask the lake further. */
const more = (lake: string): string => {
  const at = lake === DEFAULT_LAKE ? "" : ` --lake ${lake}`;
  return [
    "",
    "Ask on:",
    `  npx flowlogs console${at}         (the same in a browser)`,
    `  npx flowlogs query${at} --list      (the saved queries)`,
    `  npx flowlogs query${at} top-pairs   (--csv, --json for programs)`,
    `  npx flowlogs query${at} --sql "SELECT * FROM flow_logs WHERE :window LIMIT 5"`,
    "",
  ].join("\n");
};

/** Prints the answers of some saved queries whose fields the lake has. */
export const answers = async (lake: string): Promise<void> => {
  const athena = await LocalAthena.open(lake);
  try {
    const layout = layoutOfColumns(athena.table.columns.map(({ name }) => name));
    const queries = savedQueries(tableOf(layout, athena.table.inside)).filter(
      (query) => SHOWN.includes(query.name) && missingFields(query, layout).length === 0,
    );
    for (const name of SHOWN) {
      const query = queries.find((one) => one.name === name);
      if (!query) continue;
      const answer = await athena.ask(query.withValues(EVERYTHING));
      const question = wrapped(`${query.title}: ${query.question}`, form().width);
      process.stdout.write(
        `\n${question}\n\n${toTable({ ...answer, rows: answer.rows.slice(0, ROWS) }, form())}`,
      );
    }
  } finally {
    athena.close();
  }
  process.stdout.write(more(lake));
};
