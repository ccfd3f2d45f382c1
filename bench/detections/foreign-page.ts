import { table } from "../../docs/generate/markdown";
import { CAPTURES, MEASURED, SETS } from "./foreign";

const HEAD = ["capture", "form", "connections", "hours", "labelled", "query", "outcome", "false alarms"];

const rows = CAPTURES.map((each) => [
  each.capture,
  each.form,
  String(each.connections),
  each.hours.toFixed(2),
  each.labelled,
  each.query && `\`${each.query}\``,
  each.outcome,
  String(each.falseAlarms),
]);

const labelled = CAPTURES.filter(({ query }) => query !== "");
const found = labelled.filter(({ outcome }) => outcome === "found");

/** Second part of docs/detections.md. Its figures are constants, not measured when the page is printed. */
export const foreignPart = `# Foreign captures

Traffic that nobody here made, and labels of those who did. \`npm run bench:detections\` reads it ([bench/README.md](../bench/README.md#detections-on-traffic-that-nobody-here-made)); the
repository has none of it. Of public sets, only small captures in public repositories were to be had here, some in part: measured
on ${MEASURED}, all at the queries' defaults, ${found.length} of ${labelled.length} labelled attacks were found.

${table(HEAD, rows)}

- **What precision is on a real network is not known.** These captures are attacks with hardly anything around them: no false
  alarms in ${CAPTURES.reduce((sum, { connections }) => sum + connections, 0)} connections of ${CAPTURES.length} captures says next to nothing about a network of thousands of hosts. Measure on traffic of your own
  before you page somebody.
- Recall is over ${labelled.length} attacks of few kinds, which are easy ones. Exfiltration, new talkers and unusual ports need days of a past,
  which no capture that was to be had here has; what passes for a measurement is \`--background\`, below.
- \`--background\` planted four attacks (seed 1, three times the same day) on the one host of the horizontal scan's capture:
  beaconing and exfiltration were found, a guess at passwords and a new talker were not, and nothing but the capture's own scan
  was shown. One host is too small a background to say more.
- Retries were the lesson. njRAT's SYNs to a server that is gone are repeated by Windows after 3 and 9 seconds; at the border of an
  aggregation window that looked like calls of their own, and excerpts of 31 to 71 connections had a spread of 0.26 to 0.32, where
  0.3 is the limit. A SYN from the same port within 127 s, for which Linux repeats one, is now no call: 0.07 to 0.10.
- 13 of the 61 guesses at SSH end with the server's RST alone. \`brute-force\` goes by the client's FIN or RST, and does not
  count those.
- With \`vertical-scan.ports\` at 12, the made-up traffic of five seeds gives 3 false alarms, and at 10, 19; at 20, none. So it
  stays at 20, and a scan of a dozen ports stays unseen.
- A capture has no firewall's word, so \`denied-then-accepted\` and the queries about rejects cannot be measured by one.

## Public sets

| set | where | what is read | results |
| --- | --- | --- | --- |
${SETS.map((set) => `| ${set.join(" | ")} |`).join("\n")}

Licences are at their sources, and none is checked here.
`;
