import type { PolicyDocument } from "./policy";

/** Counts a policy document's characters without white space, as IAM does. */
export const sizeOf = (document: PolicyDocument): number => JSON.stringify(document).length;

/** Maximum characters (IAM quotas) of a managed policy, and of all inline policies of a role together. */
export const MANAGED = 6144;
export const INLINE = 10_240;

type Statement = PolicyDocument["Statement"][number];

const documentOf = (Statement: Statement[]): PolicyDocument => ({ Version: "2012-10-17", Statement });

/** Splits a statement into halves of its resources until each is small enough. */
const halved = (statement: Statement, limit: number): Statement[] => {
  const resources = [statement.Resource].flat();
  if (resources.length < 2 || sizeOf(documentOf([statement])) <= limit) return [statement];
  const middle = Math.ceil(resources.length / 2);
  return [resources.slice(0, middle), resources.slice(middle)].flatMap((Resource) =>
    halved({ ...statement, Resource }, limit),
  );
};

/** Splits the policy into documents that each fit into a managed policy, and together allow the same. */
export const partsOf = (document: PolicyDocument, limit = MANAGED): PolicyDocument[] => {
  const parts: Statement[][] = [[]];
  for (const statement of document.Statement.flatMap((each) => halved(each, limit))) {
    const last = parts[parts.length - 1];
    if (last.length > 0 && sizeOf(documentOf([...last, statement])) > limit) parts.push([statement]);
    else last.push(statement);
  }
  return parts.map(documentOf);
};
