import { queryOf, tableOf } from "../../queries";
import type { Definition, Engine } from "./engine";
import type { Window } from "./window";

/** SQL that counts the rows of a window: all, those of network interfaces, and those that no NAT gateway passes on. */
const COUNTS = {
  all: "SELECT count(*) FROM flow_logs WHERE :window",
  ofInterfaces: "SELECT count(*) FROM flow_logs WHERE :window\n  AND :of_interface\n  AND TRUE",
  ofHosts: `WITH lines AS (
  SELECT interface_id, :forwards AS forwards, :sender AS sender, :receiver AS receiver
  FROM flow_logs
  WHERE :window
    AND :of_interface
),
:marked
SELECT count_if(NOT relays) FROM marked`,
};

const about = { title: "Rows of a window", question: "How many are there?", fields: "none" };

/** Returns how many rows a window has of one kind. */
const countOf = async (kind: keyof typeof COUNTS, engine: Engine, definition: Definition, window: Window) => {
  const table = tableOf(definition.layout, definition.inside);
  const { batches } = await engine.stream(
    queryOf(kind, about, COUNTS[kind], "traffic", table).withValues({ ...window }),
  );
  for await (const [[count]] of batches) return Number(count);
  return 0;
};

/** Returns the reason why a query's SQL finds nothing in a window that has rows, if it leaves all of them out. */
export const whyNothing = async (
  sql: string,
  engine: Engine,
  definition: Definition,
  window: Window,
): Promise<string | undefined> => {
  const all = await countOf("all", engine, definition, window);
  const isAll = `the answer is empty because all ${all.toLocaleString("en")} rows of this window are of`;
  if (all === 0) return undefined;
  if (sql.includes("Leaves out the lines of transit gateways")) {
    if ((await countOf("ofInterfaces", engine, definition, window)) === 0)
      return `${isAll} transit gateways, and the query is about network interfaces; transit-gateway-pairs is about those`;
  }
  if (!/\brelays\b/.test(sql) || (await countOf("ofHosts", engine, definition, window)) > 0) return undefined;
  return `${isAll} NAT gateways, which pass on packets of hosts that are not logged; nat-traffic and internet-egress are about those`;
};
