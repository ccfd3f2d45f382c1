import assert from "node:assert/strict";
import { type Node, parseTrino } from "./trino";

/** The columns that say when a row arrived, and `start`, which says that it has a time of its own. */
const WINDOW_COLUMNS = new Set(["year", "month", "day", "hour", "$file_modified_time", "start"]);
/** Names that only a condition on the window has. */
const WINDOW = /\$file_modified_time|\byear\b|aws\.scheduler/;

interface Token {
  start: number;
  stop: number;
}

const is = (node: Node, rule: string) => node.constructor.name === `${rule}Context`;

const find = (node: Node, test: (node: Node) => boolean): Node[] =>
  test(node) ? [node] : (node.children ?? []).flatMap((child) => find(child, test));

/** The first and the last character of a part. */
const spanOf = (node: Node) => {
  const { start, stop } = node as unknown as { start: Token; stop: Token };
  return { start: start.start, stop: stop.stop };
};

/** The SQL of a part, as it stands in the statement. */
const textOf = (sql: string, node: Node): string => {
  const { start, stop } = spanOf(node);
  return sql.slice(start, stop + 1);
};

const columnsIn = (node: Node): string[] =>
  find(node, (each) => is(each, "ColumnReference")).map((each) => each.getText().replaceAll('"', ""));

/** Returns the conditions that an AND joins, or the condition itself. */
const conjuncts = (node: Node): Node[] => {
  const parts = node.children ?? [];
  if (is(node, "And") || (parts.length === 3 && parts[1].getText().toUpperCase() === "AND"))
    return [parts[0], parts[2]].flatMap(conjuncts);
  return parts.length === 1 ? conjuncts(parts[0]) : [node];
};

/**
 * The rows that a scheduled statement reads: its conditions on their arrival, and, if it compares with a
 * history, its own condition on what is new. What else it asks of rows does not depend on when they came.
 */
export const lookedAt = (sql: string): string => {
  const { tree, errors } = parseTrino(sql);
  assert.deepEqual(errors, []);
  const [where, ...others] = find(tree, (node) => is(node, "WhereClause") && WINDOW.test(textOf(sql, node)));
  assert.deepEqual([where === undefined, others.length], [false, 0], sql);
  const [, condition] = where.children ?? [];
  const ofWindow = conjuncts(condition).filter((each) => WINDOW.test(textOf(sql, each)));
  for (const each of ofWindow)
    for (const column of columnsIn(each)) assert.ok(WINDOW_COLUMNS.has(column), textOf(sql, each));
  const isOutside = (node: Node) =>
    spanOf(node).stop < spanOf(where).start || spanOf(node).start > spanOf(where).stop;
  const news = find(tree, (node) => is(node, "ParenthesizedExpression") && isOutside(node))
    .map((node) => textOf(sql, node))
    .filter((text) => text.includes("$file_modified_time"));
  const conditions = [...ofWindow.map((each) => textOf(sql, each)), ...new Set(news)];
  return `SELECT id FROM flow_logs WHERE ${conditions.join("\n  AND ")}`;
};
