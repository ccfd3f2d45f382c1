import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Connection, End } from "../../bench/detections/connection";
import { openCapture } from "../../bench/detections/forms";
import { Inside } from "../../bench/detections/inside";
import { OwnLabels } from "../../bench/detections/labels";
import { linesOf } from "../../bench/detections/lines";
import { Aggregation, type Piece, piecesOf } from "../../bench/detections/windows";

const SAMPLES = join(__dirname, "samples");

/** Each sample with its form, the rows that are skipped, and the labels of its rows. */
const CAPTURES: [file: string, form: string, leftOut: number, labels: string[]][] = [
  ["zeek.log", "Zeek conn.log", 0, ["PartOfAHorizontalPortScan"]],
  ["zeek.jsonl", "Zeek conn.log", 0, []],
  ["toniot.csv", "Zeek conn.log", 0, ["scanning"]],
  ["argus.binetflow", "Argus", 1, ["flow=Background", "flow=From-Botnet-V1-TCP-CC1-HTTP"]],
  ["unsw.csv", "Argus", 0, ["Exploits", "Reconnaissance"]],
  ["netflow.csv", "NetFlow, nfdump's CSV", 0, []],
  ["netflow.txt", "NetFlow, nfdump's CSV", 0, []],
  ["cicflowmeter.csv", "CICFlowMeter", 0, ["BENIGN", "PortScan", "SSH-Patator"]],
  ["packets.csv", "packets, tshark's CSV", 1, []],
];

/** The lines of connections, in windows of a minute. */
const linesIn = (connections: readonly Connection[]): string[] => {
  const [aggregation, inside] = [new Aggregation(), new Inside("")];
  const pieces: Piece[] = [];
  for (const connection of connections)
    for (const piece of piecesOf(connection, 60)) pieces.push(...aggregation.add(piece));
  pieces.push(...aggregation.rest());
  return pieces.flatMap((piece) => [...linesOf(piece, inside)]);
};

const all = async (file: string) => {
  const capture = await openCapture(file);
  const connections: Connection[] = [];
  for await (const connection of capture.connections) connections.push(connection);
  return { ...capture, leftOut: capture.leftOut, connections };
};

describe("captures: rows become lines of a flow log", () => {
  for (const [file, form, leftOut, labels] of CAPTURES)
    it(`reads ${file} as ${form}, both directions, with the packets, bytes and flags that it has`, async () => {
      const capture = await all(join(SAMPLES, file));
      assert.equal(capture.form.name, form);
      assert.equal(capture.leftOut, leftOut);
      const said = capture.connections.flatMap(({ label }) => label ?? []);
      assert.deepEqual([...new Set(said)].sort(), labels);
      const expected = readFileSync(join(SAMPLES, `${file}.lines`), "utf8");
      assert.equal(`${linesIn(capture.connections).join("\n")}\n`, expected);
    });
});

describe("captures: unreadable rows are refused with their place", () => {
  const folder = mkdtempSync(join(tmpdir(), "captures-"));
  after(() => rmSync(folder, { recursive: true }));

  /** Returns the error's text for a sample of which a part is replaced. */
  const broken = async (sample: string, from: string, to: string) => {
    const text = readFileSync(join(SAMPLES, sample), "utf8");
    assert.ok(text.includes(from));
    const file = join(folder, sample);
    writeFileSync(file, text.replace(from, to));
    return all(file).then(
      () => assert.fail(`${sample} was read`),
      (error: Error) => error.message.replace(`${folder}/`, ""),
    );
  };

  const CASES: [sample: string, from: string, to: string, words: RegExp][] = [
    [
      "zeek.log",
      "\t1000\t6",
      "\tmany\t6",
      /^zeek\.log, line 8, column orig_ip_bytes: "many" is no number of 0 or more$/,
    ],
    ["zeek.log", "\t40002\t", "\t", /^zeek\.log, line 9: it has 22 columns, and #fields names 23$/],
    ["zeek.jsonl", "}\n{", '}\n"', /^zeek\.jsonl, line 2: it is no JSON object, as the lines before it are$/],
    [
      "argus.binetflow",
      "2026/01/15 12:00:00.5",
      "12:00:00.5",
      /^argus\.binetflow, line 2, column StartTime: "12:00:00\.500000" is no time such as/,
    ],
    ["argus.binetflow", ",1577,", ",99999,", /line 2, column Sport: "99999" is no port from 0 to 65535$/],
    ["netflow.csv", "10.1.0.5,203", "host5,203", /line 2, column sa: "host5" is no IPv4 or IPv6 address$/],
    [
      "netflow.txt",
      "2001:db8::7.23",
      "2001..b8::7.23",
      /line 3: it is no flow as nfdump prints it; ask for whole addresses/,
    ],
    [
      "cicflowmeter.csv",
      " Source IP, Source Port, ",
      " ",
      /its columns are nearest to CICFlowMeter, and lack srcip, srcport$/,
    ],
    ["packets.csv", "0x0012", "SA", /line 3, column tcp\.flags: "SA" is no number, such as 0x0012$/],
    [
      "toniot.csv",
      "ts,src_ip,src_port,dst_ip",
      "a,b,c,d",
      /its columns are nearest to Zeek conn\.log, and lack/,
    ],
  ];
  for (const [sample, from, to, words] of CASES)
    it(`names line and column, or what is missing: ${sample} with ${JSON.stringify(to)}`, async () => {
      assert.match(await broken(sample, from, to), words);
    });

  it("lists the supported forms for a table of another form, and says that a file has no header", async () => {
    const file = join(folder, "other.csv");
    writeFileSync(file, "name,age\na,1\n");
    await assert.rejects(
      openCapture(file),
      /of no form that is read \(Zeek conn\.log; Argus;.*the first are name, age/,
    );
    writeFileSync(file, "# nothing\n\n");
    await assert.rejects(openCapture(file), /it has no header/);
    await assert.rejects(openCapture(join(folder, "absent")), /there is no such file/);
  });

  it("keeps no chunk of a file in memory for the addresses and labels of its connections", async () => {
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    const [head, row] = [
      "#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tconn_state\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\tlabel",
      (n: number) =>
        `${1_546_300_800 + n}\t192.168.100.1${10 + (n % 90)}\t1025\t203.113.119.10${n % 10}\t80\ttcp\tSF\t1\t60\t1\t60\tAttack number ${n} of the test`,
    ];
    const comment = `#${"x".repeat(100_000)}`;
    const file = join(folder, "long.log");
    writeFileSync(file, [head, ...Array.from({ length: 300 }, (_, n) => `${row(n)}\n${comment}`)].join("\n"));
    const [labels, kept] = [new OwnLabels(), [] as End[]];
    collect();
    const before = process.memoryUsage().heapUsed;
    for await (const connection of (await openCapture(file)).connections) {
      labels.take(connection);
      kept.push(connection.client, connection.server);
    }
    collect();
    const bytes = process.memoryUsage().heapUsed - before;
    assert.equal(labels.all().length, 300);
    assert.ok(bytes < 3_000_000, `${bytes} bytes are kept for ${kept.length} ends`);
  });
});
