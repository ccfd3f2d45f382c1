import assert from "node:assert/strict";
import { LocalAthena } from "../../local/athena";
import type { SavedQuery } from "../../queries";

/** Values for the parameters whose default is an empty text, from what a lake has in a window: IPv6 addresses and outsiders. */
export const textsIn = async (
  lake: string,
  { from, to }: { from: number; to: number },
): Promise<Record<string, string>> => {
  const athena = await LocalAthena.open(lake);
  const sql = `SELECT DISTINCT srcaddr FROM flow_logs
    WHERE start >= ${from} AND start < ${to} AND (srcaddr LIKE '%:%' OR srcaddr LIKE '203.0.113.%') ORDER BY srcaddr DESC LIMIT 20`;
  const addresses = (await athena.ask(sql)).rows.map(([address]) => String(address));
  athena.close();
  const address = addresses.find((each) => each.includes(":")) ?? assert.fail("the lake has no IPv6 address");
  return {
    address,
    addresses: addresses.join(),
    allowed: "shop>shop,shop>partner",
    resolvers: "10.0.0.2",
    target: "10.0.0.205",
    inside: "203.0.113.0/28",
  };
};

/** The parameters of a query that need a value to find anything, with one each. */
export const valuesOf = (
  { parameters }: SavedQuery,
  texts: Record<string, string>,
): Record<string, string> => {
  const empty = parameters.filter((parameter) => parameter.default === "''").map(({ name }) => name);
  const values = empty.map((name) => [name, texts[name] ?? assert.fail(`there is no value for :${name}`)]);
  return Object.fromEntries(values);
};
