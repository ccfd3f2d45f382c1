import type { Document, Statement } from "./evaluator";

/** A policy with one change. */
export interface Mutation {
  what: string;
  /** The changed action, or every action of the service (`s3:*`). */
  action: string;
  document: Document;
}

/** A statement with one change; undefined if it is removed. */
interface Change {
  what: string;
  action?: string;
  statement?: Statement;
}

const listOf = (value: string | string[] | undefined): string[] => [value ?? []].flat();

const serviceOf = ({ Action }: Statement) => `${listOf(Action)[0].split(":")[0]}:*`;

/** Returns the document with each of these changes of each statement, one at a time. */
const each = (document: Document, change: (statement: Statement) => Change[]): Mutation[] =>
  document.Statement.flatMap((original, n) =>
    change(original).map(({ what, action = serviceOf(original), statement }) => {
      const left = statement ? [statement] : [];
      return {
        what,
        action,
        document: { ...document, Statement: document.Statement.toSpliced(n, 1, ...left) },
      };
    }),
  );

/** A condition's key: its operator, and its values one by one. */
const conditionsOf = ({ Condition = {} }: Statement) =>
  Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => ({ operator, key, values: listOf(value) })),
  );

/** With only these values of a key, or without the key. */
const conditioned = (statement: Statement, operator: string, key: string, values: string[]): Statement => {
  const { [key]: _, ...others } = statement.Condition?.[operator] ?? {};
  const keys = values.length > 0 ? { ...others, [key]: values } : others;
  return { ...statement, Condition: { ...statement.Condition, [operator]: keys } };
};

/** Without one action or resource. A statement without any is removed. */
const withoutOne = (key: "Action" | "Resource") => (document: Document) =>
  each(document, (statement) =>
    listOf(statement[key]).map((what, n, all) => ({
      what,
      action: key === "Action" ? what : undefined,
      statement: all.length > 1 ? { ...statement, [key]: all.toSpliced(n, 1) } : undefined,
    })),
  );

export const withoutAnAction = withoutOne("Action");
export const withoutAResource = withoutOne("Resource");

/** Without one of a condition's values, or of the principals, where there are several. */
export const withoutAValue = (document: Document): Mutation[] =>
  each(document, (statement) => [
    ...conditionsOf(statement)
      .filter(({ values }) => values.length > 1)
      .flatMap(({ operator, key, values }) =>
        values.map((what, n) => ({
          what,
          statement: conditioned(statement, operator, key, values.toSpliced(n, 1)),
        })),
      ),
    ...Object.entries(typeof statement.Principal === "object" ? statement.Principal : {})
      .filter(([, names]) => listOf(names).length > 1)
      .flatMap(([kind, names]) =>
        listOf(names).map((what, n, all) => ({
          what,
          statement: { ...statement, Principal: { [kind]: all.toSpliced(n, 1) } },
        })),
      ),
  ]);

/** Each action on everything, but for those that have no resource and so are on everything already. */
export const onEverything = (document: Document): Mutation[] =>
  each(document, (statement) =>
    statement.Resource === "*"
      ? []
      : listOf(statement.Action).map((action) => ({
          what: `${action} on everything`,
          action,
          statement: { ...statement, Action: action, Resource: "*" },
        })),
  );

/** With every action of the service. */
export const withTheService = (document: Document): Mutation[] =>
  each(document, (statement) => {
    const service = serviceOf(statement);
    const isWhole = listOf(statement.Action).includes(service);
    return isWhole ? [] : [{ what: `with ${service}`, statement: { ...statement, Action: service } }];
  });

/** For everybody. */
export const forEverybody = (document: Document): Mutation[] =>
  each(document, (statement) => [{ what: "for everybody", statement: { ...statement, Principal: "*" } }]);

/** Without one of the conditions. */
export const withoutACondition = (document: Document): Mutation[] =>
  each(document, (statement) =>
    conditionsOf(statement).map(({ operator, key }) => ({
      what: `without ${key}`,
      statement: conditioned(statement, operator, key, []),
    })),
  );

/** Without one of the statements. */
export const withoutAStatement = (document: Document): Mutation[] =>
  each(document, ({ Sid = "" }) => [{ what: Sid }]);

/** Returns true if a change concerns a call's action or its service. */
const isAbout = (action: string, changed: string) =>
  changed.endsWith(":*") ? action.startsWith(changed.slice(0, -1)) : action === changed;

/** Returns the changes that change the result of no call. */
export const unnoticed = async <C extends { action: string }>(
  mutations: Mutation[],
  calls: C[],
  isAsBefore: (call: C, document: Document) => Promise<boolean>,
): Promise<string[]> => {
  const found: string[] = [];
  for (const { what, action, document } of mutations) {
    let same = true;
    for (const call of calls)
      if (same && isAbout(call.action, action)) same = await isAsBefore(call, document);
    if (same) found.push(what);
  }
  return found;
};
