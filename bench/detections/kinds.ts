import { DETECTIONS, LISTED } from "./measure";

/** A kind of attack: the queries that are made to find it, which may be none. */
export interface Kind {
  name: string;
  queries: readonly string[];
}

const SCANS = ["horizontal-scan", "vertical-scan"];
/** No query is made to find it. */
export const OTHER = "other";

/** Kinds by their name in a file of labels: one for each query, scans in general, and attacks without a query. */
export const KINDS: ReadonlyMap<string, Kind> = new Map(
  [
    ...DETECTIONS.filter(({ name }) => name !== LISTED).map(({ name }) => ({ name, queries: [name] })),
    { name: "scan", queries: SCANS },
    { name: OTHER, queries: [] },
  ].map((kind) => [kind.name, kind]),
);

/** Words in captures' labels, with their kind. The first match counts. */
const WORDS: readonly [RegExp, string][] = [
  [/d?dos\b|ddos|flood|hulk|slowloris|goldeneye|slowhttp|loic|hoic|spam|clickfraud/i, OTHER],
  [/horizontal/i, "horizontal-scan"],
  [/vertical/i, "vertical-scan"],
  [/brute|patator|password|guess/i, "brute-force"],
  [/scan|reconn?ais|probe|nmap|portsweep|ipsweep|analysis/i, "scan"],
  [/exfil|data.?theft/i, "exfiltration"],
  [/min(ing|er)\b|coin/i, "crypto-mining"],
  [/lateral/i, "new-talkers"],
  [/c&c|c2|\bcc\d*\b|-cc\d|heart.?beat|beacon|command.and.control|torii/i, "beaconing"],
];

/** Returns the kind of a capture's own label. */
export const kindOf = (label: string): Kind => {
  const [, name] = WORDS.find(([words]) => words.test(label)) ?? [undefined, OTHER];
  return KINDS.get(name) as Kind;
};

/** Labels for harmless or unclassified traffic. */
const HARMLESS = /^(flow=)?(to[-_]|from[-_])?(benign|normal|background|legitimate|unknown|false|0)/i;

/** True if a capture's label means an attack. */
export const isAttack = (label: string) => !HARMLESS.test(label.trim());
