import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SCAN_LIMIT_DEFAULT } from "../../components/settings";
import { table } from "../../docs/generate/markdown";
import { NOTED, RATIOS, SCAN_PRICE } from "../../docs/generate/prices";
import type { Truth } from "../../local/traffic/attacks";
import { type SavedQuery, savedQueries, tableOf } from "../../queries";
import { GIB, readingOf, shareOf } from "../../queries/cost";
import { layoutFrom } from "../../schema/layout";
import { foreignPart } from "./foreign-page";
import { type Figures, figures, type Verdict } from "./judge";
import { LISTED, type Measured, measure, RANKINGS, SEEDS, TRAFFIC } from "./measure";

const LAYOUT = layoutFrom(["recommended"]);
const COLUMNS = LAYOUT.columns.map(({ name }) => name);
const QUERIES = savedQueries(tableOf(LAYOUT));
const HISTORY = Math.max(...QUERIES.map(({ historyDays }) => historyDays));

const code = (text: string) => `\`${text}\``;
const distinct = (names: string[]) => [...new Set(names)];
const shownOf = (verdicts: Verdict[]) =>
  `${verdicts.filter(({ shown }) => shown).length} of ${verdicts.length}`;

const parametersOf = ({ parameters }: SavedQuery) =>
  parameters
    .filter(({ name }) => !["from", "to", "late", "rows"].includes(name))
    .map(({ name, default: value }) => code(`${name} = ${value}`))
    .join(", ");

const attacksOf = ({ query, attacks }: Figures) =>
  query.name === LISTED
    ? "any with a listed address"
    : distinct(attacks.map(({ truth }) => truth.attack)).join(", ");

const HEAD = ["query", "attack", "precision", "recall", "false alarms on clean traffic", "parameters"];
const figureRow = (of: Figures) => [
  code(of.query.name),
  attacksOf(of),
  of.precision.toFixed(2),
  of.recall.toFixed(2),
  String(of.falseAlarms),
  parametersOf(of.query),
];

/** From the least to the most. */
const span = (values: number[], digits = 0) => {
  const [least, most] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(digits));
  return least === most ? least : `${least} to ${most}`;
};

const SIZES_HEAD = ["query", "pace", "found", "lines", "targets", "ports", "MB sent", "hours"];
const sizes = (truths: Truth[]) => {
  if (truths.length === 0) return ["", "", "", "", ""];
  const of = (value: (truth: Truth) => number, digits?: number) => span(truths.map(value), digits);
  return [
    of(({ lines }) => lines),
    of(({ targets }) => targets.length),
    of(({ ports }) => ports.length),
    of(({ bytes }) => bytes / 1e6, 2),
    of(({ from, to }) => (to - from) / 3600, 1),
  ];
};
const sizeRows = ({ query, attacks }: Figures): string[][] =>
  ["fast", "slow", "stealthy"].map((pace) => {
    const these = attacks.filter(({ truth }) => truth.pace === pace);
    return [code(query.name), pace, shownOf(these), ...sizes(these.map(({ truth }) => truth))];
  });

const missedRows = ({ query, attacks }: Figures): string[][] => {
  const missed = attacks.filter(({ shown }) => !shown).map(({ truth }) => truth);
  return missed.length === 0 ? [] : [[code(query.name), String(missed.length), ...sizes(missed)]];
};

const lookalikeRows = ({ query, lookalikes }: Figures): string[][] =>
  distinct(lookalikes.map(({ truth }) => truth.attack)).map((name) => {
    const these = lookalikes.filter(({ truth }) => truth.attack === name);
    return [name, code(query.name), shownOf(these)];
  });

const COSTS_HEAD = [
  "query",
  "hours between runs",
  "share of a row",
  "GiB at hour 0",
  "USD a month",
  "stopped above GiB a day",
];
const costRows = () =>
  QUERIES.filter(({ group }) => group === "security").map((query) => {
    const { everyHours } = query;
    const { bytesPerRun, usdPerMonth } = readingOf(query, {
      everyHours,
      columns: COLUMNS,
      bytesPerDay: GIB,
    });
    const share = `${Math.round(shareOf(query, COLUMNS) * 100)} %`;
    const gib = bytesPerRun / GIB;
    const stopped = Math.floor(SCAN_LIMIT_DEFAULT / bytesPerRun).toLocaleString("en");
    return [code(query.name), String(everyHours), share, gib.toFixed(2), usdPerMonth.toFixed(2), stopped];
  });

const COMMAND = `\`\`\`sh
npx flowlogs traffic --seed 1 --days ${TRAFFIC.days} --lines ${TRAFFIC.lines} \\
  --attacks scan,bruteforce,exfil,beacon,mining,denied,backdoor,lateral --truth truth.jsonl > attacked.log
\`\`\``;

/** docs/detections.md, from what was measured. */
export const page = (measured: readonly Measured[]): string => {
  const all = figures(measured);
  const named = all.filter(({ query }) => query.name !== LISTED);
  return `# Detections, measured

Two parts: what was [planted](#planted-truth) in made-up traffic, with the truth about each, and what others
[captured](#foreign-captures) and labelled.

# Planted truth

Printed by \`npm run docs:detections\`; a test measures again and compares. What each query asks, with all its
parameters: [reference.md](reference.md#saved-queries).

${table(HEAD, all.map(figureRow))}

- Precision: the share of the rows shown that are about something planted for the query, with its source, target and port.
- Recall: the share of the fast and slow attacks that a row shows. Stealthy ones are further down.
- False alarms: rows that the same traffic gives without any attack, in ${SEEDS.length} days, one a seed.
- ${RANKINGS.map(code).join(", ")} count and order. They claim nothing, so there is nothing to measure.
- ${code(LISTED)} was given the planted addresses outside: it finds what it is told, up to its \`rows\`.

## What was planted, and found

${table(SIZES_HEAD, named.flatMap(sizeRows))}

Stealthy attacks are about as small as a query looks for, or smaller, or do what the hosts do anyway: calls home at
nearly any moment, mining over port 443, a backdoor on a port in use, a host that calls whom its kind always calls. They
show where the limits are. These were missed:

${table(["query", "missed", ...SIZES_HEAD.slice(3)], named.flatMap(missedRows))}

## What only looks like an attack

Planted in a run of its own, and in no figure above. Where a query shows it, a flow log has nothing that tells it from
the attack; somebody who knows the network has to.

${table(["harmless", "query", "shown"], named.flatMap(lookalikeRows))}

## What they cost on a schedule

For each GiB of Parquet that the lake grows by a day (${(1 / RATIOS.parquet.value).toFixed(0)} GiB of lines in AWS's default format), in the \`recommended\` fields,
at ${SCAN_PRICE.usd} USD a ${SCAN_PRICE.per} (${SCAN_PRICE.source}, on ${NOTED}). Athena reads the columns that a query names and no others; how many bytes
a row has in each is measured on the made-up day. Queries that compare with ${HISTORY} days before read those in every run:
hence a run a day. The run at hour 0 reads most, since it looks for what was late ([scheduled-detections.md](scheduled-detections.md)):
its GiB are in the table, and the last column is where the default of \`bytesScannedCutoffPerQuery\`, ${SCAN_LIMIT_DEFAULT / GIB} GiB, stops it.

${table(COSTS_HEAD, costRows())}

\`flowlogs plan --gib-per-day 20\` says the same of a stack's own detections, fields and limit;
\`flowlogs query exfiltration --explain\` what a query reads of a lake that is there.

## The traffic

Per seed: ${TRAFFIC.lines.toLocaleString("en")} ordinary lines over ${TRAFFIC.days} days of a made-up web shop in the \`recommended\` fields, busier by day,
with NAT, IPv6, rejected noise from the internet and silent interfaces; the attacks on the last day; every fiftieth line
twice, as delivery is at least once. Of each kind of attack one more is over IPv6, and whoever knocks in vain repeats the SYN up to
six times, as a kernel does. The window is the last day, the days before are the past. The same for any seed:

${COMMAND}

## What the figures say, and what they do not

They say that each query runs, that it finds what it describes at these sizes, that NAT and lines that come twice do not
change what it finds, and that a change which breaks one is noticed. They do not say how it does on your network:

- We made both the attacks and the thresholds, and they fit each other. A real attacker chooses a pace with thresholds in
  mind, and these defaults are public.
- The shop is small and regular. It has eight public addresses, and the noise knocks at 18 ports: fewer than make a scan
  by default. With more public addresses, the internet's daily scanning appears in \`horizontal-scan\`, rightly.
- The ordinary traffic has no releases, no autoscaling and no new partners. On a real network each is a row of
  \`new-talkers\` or \`unusual-ports\`.
- What is slower than the window is not seen: widen it with \`from\` and \`to\`. Volumes are compared with whole days: an
  upload within three times the busiest of them, or below \`least\`, is not shown, so a busy host hides more.
- A rhythm is one of new TCP connections. Calls within one long connection, over UDP or by DNS are not seen; queries to
  Amazon's DNS are in no flow log at all.
- Whoever keeps to usual ports, volumes and partners is seen by none of these.

${foreignPart}`;
};

if (require.main === module)
  void measure().then((measured) =>
    writeFileSync(join(__dirname, "../../docs/detections.md"), page(measured)),
  );
