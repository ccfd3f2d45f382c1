import { quoted } from "../../local/firehose/convert";
import { groupSql, levelOf } from "./groups";

/** Subjects that rows can be filtered by, with the column or the two columns of the rollup that each is in. */
export const SUBJECTS = {
  address: ["source", "destination"],
  source: ["source"],
  destination: ["destination"],
  port: ["port"],
  protocol: ["protocol"],
  action: ["action"],
  interface: ["interface"],
  network: ["src_network", "dst_network"],
} as const;

export type Subject = keyof typeof SUBJECTS;

/** A condition on rows, as it stands in a page's address: `is=port:443` or `not=port:443`. */
export interface Filter {
  subject: Subject;
  value: string;
  excludes: boolean;
}

const isNumber = (subject: Subject) => subject === "port" || subject === "protocol";

/** A filter that says nothing that a row could fit. */
export class FilterError extends Error {}

/** Reads `subject:value`. @throws FilterError with the subjects that there are, or a number that is none. */
export const filterOf = (text: string, excludes: boolean): Filter => {
  const [, subject, value] = /^(\w+):(.*)$/s.exec(text) ?? [];
  if (!subject || !Object.hasOwn(SUBJECTS, subject))
    throw new FilterError(
      `a filter is one of ${Object.keys(SUBJECTS).join(", ")}, a colon and a value instead of "${text}"`,
    );
  if (isNumber(subject as Subject) && !/^\d{1,5}$/.test(value))
    throw new FilterError(`a filter by ${subject} takes a number instead of "${value}"`);
  return { subject: subject as Subject, value, excludes };
};

export const filterText = ({ subject, value }: Filter) => `${subject}:${value}`;

const conditionOn = (column: string, { subject, value }: Filter): string => {
  if (isNumber(subject)) return `${column} = ${Number(value)}`;
  const level = /^(source|destination)$/.test(column) ? levelOf(value) : undefined;
  return `${level ? groupSql(column, level) : column} = ${quoted(value)}`;
};

const conditionOf = (filter: Filter): string => {
  const any = SUBJECTS[filter.subject].map((column) => conditionOn(column, filter)).join(" OR ");
  return filter.excludes ? `NOT coalesce(${any}, FALSE)` : `(${any})`;
};

/** The SQL of a condition that all filters hold. */
export const conditionsOf = (filters: readonly Filter[]): string =>
  ["TRUE", ...filters.map(conditionOf)].join(" AND ");
