import type * as pulumi from "@pulumi/pulumi";
import { type SavedQuery, savedQuery, tableOf } from "../queries";
import type { Settings } from "./settings";

/** Returns the SQL of a saved query for the stack's table, once the `inside` blocks are known. */
export const sqlOf = (
  { layout, insideCidrBlocks }: Pick<Settings, "layout" | "insideCidrBlocks">,
  query: SavedQuery,
  sql: (query: SavedQuery) => string,
): pulumi.Input<string> =>
  insideCidrBlocks?.apply((blocks) => sql(savedQuery(query.group, query.name, tableOf(layout, blocks)))) ??
  sql(query);
