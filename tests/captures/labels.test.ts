import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answer, Finding } from "../../bench/detections/ask";
import { isAttack, KINDS, kindOf } from "../../bench/detections/kinds";
import { type Label, readLabels } from "../../bench/detections/labels";
import { unlookedFor, verdictsOn } from "../../bench/detections/verdict";
import { savedQueries } from "../../queries";

/** Labels as the makers of public data sets write them, each with the queries that are made to find it, if any. */
const WORDS: [label: string, queries: string[]][] = [
  ["PartOfAHorizontalPortScan", ["horizontal-scan"]],
  ["C&C-HeartBeat", ["beaconing"]],
  ["Okiru", []],
  ["DDoS", []],
  ["C&C-Torii", ["beaconing"]],
  ["flow=From-Botnet-V42-TCP-CC1-HTTP-Not-Encrypted", ["beaconing"]],
  ["flow=From-Botnet-V42-UDP-DNS", []],
  ["flow=From-Botnet-V42-TCP-Attempt-SPAM", []],
  ["SSH-Patator", ["brute-force"]],
  ["FTP-BruteForce", ["brute-force"]],
  ["PortScan", ["horizontal-scan", "vertical-scan"]],
  ["DoS slowloris", []],
  ["Reconnaissance", ["horizontal-scan", "vertical-scan"]],
  ["scanning", ["horizontal-scan", "vertical-scan"]],
  ["password", ["brute-force"]],
  ["From_malicious-To_malicious-Malware_data_exfiltration-RemcosRAT", ["exfiltration"]],
  ["Data_Theft", ["exfiltration"]],
  ["CoinMiner", ["crypto-mining"]],
];

describe("captures: labels", () => {
  const folder = mkdtempSync(join(tmpdir(), "labels-"));
  after(() => rmSync(folder, { recursive: true }));
  const read = (text: string) => {
    const file = join(folder, "labels.csv");
    writeFileSync(file, text);
    return readLabels(file);
  };

  for (const [label, queries] of WORDS)
    it(`takes ${label} for ${queries.join(" or ") || "an attack that no query looks for"}`, () => {
      assert.ok(isAttack(label));
      assert.deepEqual(kindOf(label).queries, queries);
    });

  for (const label of [
    "Benign",
    "BENIGN",
    "Normal",
    "flow=Background-UDP-Established",
    "flow=To-Normal-V42-Stribrek",
    "0",
    "Unknown",
    "From_benign-To_benign-DNS",
  ])
    it(`takes ${label} for no attack`, () => assert.equal(isAttack(label), false));

  it("are of kinds that name only existing saved queries", () => {
    const names = savedQueries().map(({ name }) => name);
    for (const { queries } of KINDS.values())
      for (const name of queries) assert.ok(names.includes(name), name);
    assert.ok(KINDS.size >= 11);
  });

  it("are read from a file: attacker and kind, and optionally victim, from and to", async () => {
    const [first, second, third] = await readLabels(join(__dirname, "samples/labels.csv"));
    assert.deepEqual(
      [first.attacker, first.kind.queries, first.victims],
      ["10.1.0.6", ["horizontal-scan"], undefined],
    );
    assert.deepEqual([...(second.victims ?? [])], ["10.1.0.7"]);
    assert.deepEqual([second.from, second.to], [1_768_478_400, 1_768_482_000]);
    assert.deepEqual([third.kind.queries, third.from, third.to], [[], 1_768_478_400, undefined]);
  });

  const REFUSED: [text: string, words: RegExp][] = [
    ["attacker,kind\nhost,scan\n", /line 2, column attacker: "host" is no IPv4 or IPv6 address$/],
    [
      "attacker,kind\n10.0.0.1,scam\n",
      /line 2, column kind: "scam" is no kind of attack; one of beaconing, .*scan, other$/,
    ],
    ["attacker,kind,victim\n10.0.0.1,scan,all\n", /line 2, column victim: "all" is no IPv4 or IPv6 address$/],
    ["attacker,kind,from\n10.0.0.1,scan,noon\n", /line 2, column from: "noon" is no time such as/],
    [
      "attacker,sort\n10.0.0.1,scan\n",
      /its header is "attacker,sort"; labels have the columns attacker,kind,victim,from,to/,
    ],
    ["attacker,kind\n10.0.0.1\n", /line 2: it has 1 columns, and the header names 2$/],
  ];
  for (const [text, words] of REFUSED)
    it(`refuses ${JSON.stringify(text)} with its place`, async () => {
      await assert.rejects(read(text), words);
    });
});

describe("captures: the verdict", () => {
  const queries = savedQueries();
  const answer = (name: string, findings: Partial<Finding>[], days = 1): Answer => ({
    query: queries.find((query) => query.name === name) ?? assert.fail(name),
    days,
    findings: findings.map((each) => ({ query: name, caller: "", row: {}, ...each })),
  });
  const label = (kind: string, attacker: string, more: Partial<Label> = {}): Label => ({
    ...{ kind: KINDS.get(kind) ?? assert.fail(kind), words: kind, attacker },
    ...more,
  });
  const counts = (answers: Answer[], labels: Label[]) =>
    verdictsOn(answers, labels).map(({ query, found, missed, falseAlarms }) => [
      query,
      found.length,
      missed.length,
      falseAlarms.length,
    ]);

  it("is found if a row names the attacker, and the victim where both name one, in the time that is known", () => {
    const row = { caller: "10.0.0.1", callee: "10.0.0.9", first: 100, last: 200 };
    const scan = (more: Partial<Label>) =>
      counts([answer("vertical-scan", [row])], [label("vertical-scan", "10.0.0.1", more)]);
    assert.deepEqual(scan({}), [["vertical-scan", 1, 0, 0]]);
    assert.deepEqual(scan({ victims: new Set(["10.0.0.9"]) }), [["vertical-scan", 1, 0, 0]]);
    assert.deepEqual(scan({ victims: new Set(["10.0.0.8"]) }), [["vertical-scan", 0, 1, 0]]);
    assert.deepEqual(scan({ from: 201.5, to: 300 }), [["vertical-scan", 0, 1, 0]]);
    assert.deepEqual(scan({ from: 150, to: 300 }), [["vertical-scan", 1, 0, 0]]);
  });

  it("is a false alarm if a row names no labelled address", () => {
    const rows = [{ caller: "10.0.0.1" }, { caller: "10.0.0.2" }];
    assert.deepEqual(counts([answer("beaconing", rows)], [label("other", "10.0.0.1")]), [
      ["beaconing", 0, 0, 1],
    ]);
    const service = [answer("unusual-ports", [{ caller: "10.0.0.9" }])];
    const door = label("unusual-ports", "10.0.0.1", { victims: new Set(["10.0.0.9"]) });
    assert.deepEqual(counts(service, [door]), [["unusual-ports", 1, 0, 0]]);
  });

  it("is missed by every query for its kind if none shows it, and by no query if one does", () => {
    const one = label("scan", "10.0.0.1");
    const shown = [answer("horizontal-scan", [{ caller: "10.0.0.1" }]), answer("vertical-scan", [])];
    assert.deepEqual(counts(shown, [one]), [
      ["horizontal-scan", 1, 0, 0],
      ["vertical-scan", 0, 0, 0],
    ]);
    const hidden = [answer("horizontal-scan", []), answer("vertical-scan", [])];
    assert.deepEqual(counts(hidden, [one]), [
      ["horizontal-scan", 0, 1, 0],
      ["vertical-scan", 0, 1, 0],
    ]);
  });

  it("is neither found nor missed by a query that did not run, and counts attacks that no query looks for", () => {
    const labels = [
      label("exfiltration", "10.0.0.1"),
      label("other", "10.0.0.2"),
      label("other", "10.0.0.3"),
    ];
    assert.deepEqual(counts([answer("exfiltration", [], 0)], labels), [["exfiltration", 0, 0, 0]]);
    assert.deepEqual([...unlookedFor(labels)], [["other", 2]]);
  });
});
