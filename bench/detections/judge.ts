/** Compares the rows of security queries with the planted attacks. */
import type { Truth } from "../../local/traffic/attacks";
import type { SavedQuery } from "../../queries";
import { DETECTIONS, isHarmless, LISTED, type Measured, outsiders, type Row } from "./measure";

/** Columns of a row that the truth about an attack has too, each with its values there. */
const TOLD: Record<string, (truth: Truth) => unknown[]> = {
  srcaddr: ({ source }) => [source],
  dstaddr: ({ targets }) => targets,
  dstport: ({ ports }) => ports,
  address: ({ source, targets, via }) => [source, ...targets, via],
  port: ({ ports }) => ports,
  listed: ({ source, targets }) => [source, ...targets],
  most_to: ({ targets }) => targets,
};

/** True if a row shows the planted attack: each value in the columns above is one of the attack's. */
const shows = (row: Row, truth: Truth): boolean =>
  Object.entries(TOLD).every(
    ([column, values]) => row[column] === undefined || values(truth).includes(row[column]),
  );

/**
 * True if the query is made to find this kind of attack. The query of listed addresses is for every attack with an
 * address outside.
 */
const isFor = (query: string, truth: Truth) =>
  truth.query === query || (query === LISTED && !isHarmless(truth) && outsiders(truth).length > 0);
const mayShow = (query: string, truth: Truth) => isFor(query, truth) || truth.also.includes(query);

/** A planted attack, with true if a query shows it. */
export interface Verdict {
  truth: Truth;
  shown: boolean;
}

/** The figures of one query over all seeds. */
export interface Figures {
  query: SavedQuery;
  /** Attacks that the query is made to find. */
  attacks: Verdict[];
  /** Harmless traffic that looks like those attacks. */
  lookalikes: Verdict[];
  rows: number;
  /** Share of the rows that show something planted for the query. */
  precision: number;
  /** Share of the fast and slow attacks that a row shows. */
  recall: number;
  /** Rows on traffic without an attack. */
  falseAlarms: number;
}

const share = (part: unknown[], all: unknown[]) => part.length / all.length;

const figuresOf = (query: SavedQuery, measured: readonly Measured[]): Figures => {
  const { name } = query;
  const judged = measured.map(({ planted, answers }) => {
    const { clean, attacked, harmless } = answers[name];
    const known = planted.filter((truth) => mayShow(name, truth));
    const attacks = known.filter((truth) => !isHarmless(truth));
    const verdicts = (truths: Truth[], rows: Row[]): Verdict[] =>
      truths.map((truth) => ({ truth, shown: rows.some((row) => shows(row, truth)) }));
    return {
      clean,
      attacked,
      right: attacked.filter((row) => attacks.some((truth) => shows(row, truth))),
      attacks: verdicts(
        attacks.filter((truth) => isFor(name, truth)),
        attacked,
      ),
      lookalikes: verdicts(known.filter(isHarmless), harmless),
    };
  });
  const rows = judged.flatMap(({ attacked }) => attacked);
  const attacks = judged.flatMap((seed) => seed.attacks);
  const plain = attacks.filter(({ truth }) => truth.pace !== "stealthy");
  return {
    query,
    attacks,
    lookalikes: judged.flatMap((seed) => seed.lookalikes),
    rows: rows.length,
    precision: share(
      judged.flatMap(({ right }) => right),
      rows,
    ),
    recall: share(
      plain.filter(({ shown }) => shown),
      plain,
    ),
    falseAlarms: judged.flatMap(({ clean }) => clean).length,
  };
};

/** Returns the figures of all queries that detect, not only rank. */
export const figures = (measured: readonly Measured[]): Figures[] =>
  DETECTIONS.map((query) => figuresOf(query, measured));
