/** Reads a statement's tree, by the names of Trino's grammar. */
import type { Node } from "./trino";

const is = (node: Node, rule: string) => node.constructor.name === `${rule}Context`;

const all = (node: Node, test: (node: Node) => boolean): Node[] => [
  ...(test(node) ? [node] : []),
  ...(node.children ?? []).flatMap((child) => all(child, test)),
];

const rules = (node: Node, rule: string) => all(node, (each) => is(each, rule));

/** The clause that each rule of the grammar stands for. */
const CLAUSES: Record<string, string> = {
  SelectItem: "SELECT",
  Filter: "FILTER",
  HavingClause: "HAVING",
  GroupBy: "GROUP BY",
  SortItem: "ORDER BY",
  RowCount: "LIMIT",
  JoinCriteria: "ON",
  Unnest: "UNNEST",
};

const clauseOf = (node: Node): string => {
  for (let at: Node | null = node; at; at = at.parent) {
    const clause = CLAUSES[at.constructor.name.replace(/Context$/, "")];
    if (clause) return clause;
    // The WHERE of an aggregate's FILTER is no WHERE clause.
    if (is(at, "WhereClause") && at.parent && !is(at.parent, "Filter")) return "WHERE";
  }
  return "nowhere";
};

/** The clause that each `?` stands in, in their order. */
export const parameterClauses = (tree: Node): string[] =>
  all(tree, (node) => !node.children?.length && node.getText() === "?").map(clauseOf);

const nameOf = (node: Node) => node.getText().replaceAll('"', "").toLowerCase().split(".").at(-1) ?? "";

/** Returns how often a table is read if every named query is inlined, as Trino does. */
export const readsOf = (tree: Node, table: string): number => {
  const named = new Map(
    rules(tree, "NamedQuery").map((query) => [nameOf(query.children?.[0] as Node), query] as const),
  );
  const reads = (node: Node): number => {
    if (is(node, "With")) return 0;
    if (is(node, "TableName")) {
      const query = named.get(nameOf(node));
      return query ? reads(query) : Number(nameOf(node) === table);
    }
    return (node.children ?? []).reduce((sum, child) => sum + reads(child), 0);
  };
  return reads(tree);
};

/** The names of a SELECT's columns; nothing for one that has none. A star stands for itself. */
const columnsOf = (list: Node): (string | undefined)[] =>
  rules(list, "SelectItem")
    .filter((item) => item.parent === list)
    .map((item) => {
      const text = item.getText();
      if (text.endsWith("*")) return text;
      const last = item.children?.at(-1) as Node;
      if ((item.children?.length ?? 0) > 1) return nameOf(last);
      const isColumn = /^("?\w+"?\.)*("?[a-z_]\w*"?)$/i.test(text) && !/^(null|true|false)$/i.test(text);
      return isColumn ? nameOf(item) : undefined;
    });

/** The names of the columns of every SELECT in a statement. */
export const selectLists = (tree: Node) => rules(tree, "SelectList").map(columnsOf);

/** How many arguments each call of a function has. */
export const argumentsOf = (tree: Node, name: string): number[] =>
  rules(tree, "FunctionCall")
    .filter((call) => call.children?.[0].getText().toLowerCase() === name)
    .map((call) => (call.children ?? []).filter((child) => is(child, "Expression")).length);
