/** Part of docs/detections.md: what was measured on captures of others, by hand, with `npm run bench:detections`. */

/** Date of the measurements. */
export const MEASURED = "2026-11-28";

/** A measured capture, or the part of it that was available. */
interface Measured {
  capture: string;
  form: string;
  connections: number;
  hours: number;
  /** Name of the attack in its makers' words, with the attacker. */
  labelled: string;
  query: string;
  outcome: string;
  /** Rows of all queries whose caller has no label. */
  falseAlarms: number;
}

const SLIPS = "StratosphereLinuxIPS, `dataset/";
const TESTING = "security-datasets-for-testing, `";

// biome-ignore format: a table, one capture a line
export const CAPTURES: readonly Measured[] = [
  { capture: `${SLIPS}port-scans/vertical/conn.log\`, the first 36`, form: "Zeek, JSON", connections: 36, hours: 0.01, labelled: "vertical scan, by the folder", query: "vertical-scan", outcome: "found", falseAlarms: 0 },
  { capture: `${SLIPS}port-scans/horizontal/conn.log\``, form: "Zeek", connections: 41, hours: 0.01, labelled: "horizontal scan, by the folder", query: "horizontal-scan", outcome: "found", falseAlarms: 0 },
  { capture: `${SLIPS}test11-portscan.binetflow\``, form: "Argus", connections: 45, hours: 0.1, labelled: "vertical scan, by the name; made by hand", query: "vertical-scan", outcome: "missed: each knock has 15 packets of 125 bytes, so it does not look like one", falseAlarms: 0 },
  { capture: `${SLIPS}test18-malicious-ctu-sme-11-win\`, the first 80`, form: "Zeek, labelled", connections: 80, hours: 0.02, labelled: "RemcosRAT, which calls home in vain; by hand, the file says exfiltration", query: "beaconing", outcome: "found", falseAlarms: 0 },
  { capture: `${TESTING}001-zeek-scenario-malicious\` (CTU-Malware-Capture-Botnet-230-1), 71 in a row to its C2`, form: "Zeek, labelled", connections: 71, hours: 0.22, labelled: "CC, by its makers (njRAT)", query: "beaconing", outcome: "found", falseAlarms: 0 },
  { capture: "soc-home-lab, `attack-simulation/brute-force/conn.log`", form: "Zeek", connections: 61, hours: 0.01, labelled: "SSH passwords guessed, by its README", query: "brute-force", outcome: "found", falseAlarms: 0 },
  { capture: "soc-home-lab, `attack-simulation/port-scan/conn.log`", form: "Zeek", connections: 13, hours: 0.01, labelled: "vertical scan of 13 ports, by the folder", query: "vertical-scan", outcome: "missed: 12 ports that do not answer, and 20 make a scan; found with `--set vertical-scan.ports=10`", falseAlarms: 0 },
  { capture: `${TESTING}006-zeek-scenario-ssh\`, its TCP; \`--inside 2001:718:2:1663::/64\``, form: "Zeek, IPv6", connections: 12, hours: 21.98, labelled: "nothing", query: "", outcome: "nothing shown", falseAlarms: 0 },
];

/** Public sets, and what the bench reads of each. */
// biome-ignore format: a table, one set a line
export const SETS: readonly (readonly [name: string, source: string, form: string, measured: string])[] = [
  ["IoT-23", "stratosphereips.org/datasets-iot23, zenodo 4743746", "Zeek: `conn.log.labeled` as it is", "not measured here"],
  ["CTU-13", "stratosphereips.org/datasets-ctu13", "Argus: `*.binetflow`, with `--inside 147.32.0.0/16`", "not measured here"],
  ["CTU-Malware-Captures, CTU-SME-11", "mcfp.felk.cvut.cz/publicDatasets, zenodo 7958259", "Zeek: `conn.log.labeled`", "excerpts, above"],
  ["UNSW-NB15", "research.unsw.edu.au/projects/unsw-nb15-dataset", "Argus: its four CSV files, with the names of `NUSW-NB15_features.csv` as the header; not the training sets, which have no addresses", "not measured here"],
  ["BoT-IoT", "research.unsw.edu.au/projects/bot-iot-dataset", "Argus: CSV with addresses", "not measured here"],
  ["ToN-IoT", "research.unsw.edu.au/projects/toniot-datasets", "Zeek: `Processed_Network_dataset`", "not measured here"],
  ["CIC-IDS2017", "unb.ca/cic/datasets/ids-2017.html", "CICFlowMeter: `GeneratedLabelledFlows`; its clock has 12 hours without AM and PM", "not measured here"],
  ["CSE-CIC-IDS2018", "unb.ca/cic/datasets/ids-2018.html", "CICFlowMeter has no addresses in all days but one; its pcap through tshark", "not measured here"],
  ["MAWI", "mawi.wide.ad.jp", "pcap through tshark, with labels of MAWILab in a file", "not measured here"],
  ["LANL, Unified Host and Network", "csr.lanl.gov/data", "none: devices have names in place of addresses", "cannot be read"],
];
