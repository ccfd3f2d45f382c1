import { LocalAthena } from "../../local/athena";
import { EVERYTHING, missingFields, savedQueries, tableOf } from "../../queries";
import { layoutOfColumns } from "../../schema/layout";
import { toTable } from "../output/render";

/** Prints what each saved query says about a lake, and names those that its lines have no fields for. */
export const answers = async (lake: string): Promise<void> => {
  const athena = await LocalAthena.open(lake);
  const layout = layoutOfColumns(athena.table.columns.map((c) => c.name));
  const unanswerable: string[] = [];
  for (const query of savedQueries(tableOf(layout))) {
    const missing = missingFields(query, layout);
    if (missing.length > 0) {
      unanswerable.push(`${query.name} (needs ${missing.join(", ")})`);
      continue;
    }
    const sql = query.withValues(EVERYTHING);
    process.stdout.write(`\n${query.title}: ${query.question}\n\n${toTable(await athena.ask(sql))}`);
  }
  athena.close();
  if (unanswerable.length > 0) {
    process.stderr.write(`\nLeft out, as these lines lack fields: ${unanswerable.join("; ")}\n`);
  }
};
