import type { Answer, Finding } from "./ask";
import { KINDS, OTHER } from "./kinds";
import type { Label } from "./labels";

/** Result of a query on a capture. */
export interface Verdict {
  query: string;
  days: number;
  /** Labels that it should find, those that it found, and those that no query for the kind found. */
  labelled: number;
  found: Label[];
  missed: Label[];
  rows: number;
  /** Rows whose caller has no label. */
  falseAlarms: Finding[];
}

/** Queries whose rows name a service that answers, and not its caller. */
const OF_SERVICES = new Set(["unusual-ports"]);

const isAbout = ({ query, caller }: Finding, { attacker, victims }: Label) =>
  caller === attacker || (OF_SERVICES.has(query) && (victims?.has(caller) ?? false));

/** True if a row shows a labelled attack: the same caller, the same victim if both name one, and the time. */
const shows = (finding: Finding, label: Label): boolean => {
  if (!isAbout(finding, label)) return false;
  const { callee, first = 0, last = Number.POSITIVE_INFINITY } = finding;
  if (callee !== undefined && label.victims && !label.victims.has(callee)) return false;
  // Allows for the whole seconds of rows.
  return first <= (label.to ?? Number.POSITIVE_INFINITY) && last + 1 >= (label.from ?? 0);
};

/** Returns the result of each query. A label counts as missed only if no query for its kind shows it. */
export const verdictsOn = (answers: readonly Answer[], labels: readonly Label[]): Verdict[] => {
  const asked = answers.filter(({ days }) => days > 0);
  const shown = new Map(
    asked.map(({ query, findings }) => [
      query.name,
      new Set(labels.filter((label) => findings.some((finding) => shows(finding, label)))),
    ]),
  );
  const named = new Set(labels.map(({ attacker }) => attacker));
  return answers.map(({ query, days, findings }) => {
    const own = labels.filter(({ kind }) => kind.queries.includes(query.name));
    const isShown = (label: Label) => label.kind.queries.some((name) => shown.get(name)?.has(label));
    return {
      query: query.name,
      days,
      labelled: own.length,
      found: own.filter((label) => shown.get(query.name)?.has(label)),
      missed: days > 0 ? own.filter((label) => !isShown(label)) : [],
      rows: findings.length,
      falseAlarms: findings.filter(
        (finding) => !named.has(finding.caller) && !labels.some((label) => isAbout(finding, label)),
      ),
    };
  });
};

/** Returns the labels without a query, by their words. */
export const unlookedFor = (labels: readonly Label[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { kind, words } of labels)
    if (kind === KINDS.get(OTHER)) counts.set(words, (counts.get(words) ?? 0) + 1);
  return counts;
};
