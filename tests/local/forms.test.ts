import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { MEMBERS } from "../../functions/members";
import { FORMS } from "../../local/input/forms";
import { INPUTS, read, rowOf } from "./inputs";

/** The three flows of nearly every file: one accepted, one rejected, and a window without data. */
const ACCEPTED = {
  version: 2,
  account_id: "123456789010",
  interface_id: "eni-1235b8ca123456789",
  srcaddr: "192.0.2.10",
  dstaddr: "198.51.100.20",
  srcport: 49152,
  dstport: 443,
  protocol: 6,
  packets: 12,
  bytes: 3456,
  start: 1732244400,
  end: 1732244459,
  action: "ACCEPT",
  log_status: "OK",
};
const REJECTED = {
  ...ACCEPTED,
  ...{ srcaddr: "203.0.113.7", dstaddr: "192.0.2.10", srcport: 55120, dstport: 22, packets: 1, bytes: 40 },
  action: "REJECT",
};
const { version, account_id, interface_id } = ACCEPTED;
const NODATA = {
  version,
  account_id,
  interface_id,
  start: 1732244460,
  end: 1732244519,
  log_status: "NODATA",
};
const FLOWS = [ACCEPTED, REJECTED, NODATA];

/** The same flows with fewer fields in another order. In AWS's default format, every value would be in the wrong field. */
const HEADED = [
  { dstaddr: "198.51.100.20", srcaddr: "192.0.2.10", bytes: 3456, account_id, log_status: "OK" },
  { dstaddr: "192.0.2.10", srcaddr: "203.0.113.7", bytes: 40, account_id, log_status: "OK" },
  { account_id, log_status: "NODATA" },
];

const STREAM = "eni-1235b8ca123456789-all";
const kept = (unparsed: string) => ({ unparsed });
const keptJson = (value: unknown) => kept(JSON.stringify(value));
/** JSON as the AWS CLI prints an object in a list. */
const printed = (value: object, indent: number) =>
  kept(JSON.stringify(value, null, 4).replaceAll("\n", `\n${" ".repeat(indent)}`));

const EVENT = {
  logStreamName: STREAM,
  timestamp: 1732244461000,
  message: "hello",
  ingestionTime: 1732244465000,
  eventId: "386200003",
};
const BARE_EVENT = { timestamp: 1732244461000, message: "hello", ingestionTime: 1732244465000 };
const RESULT = [
  { field: "@timestamp", value: "2024-11-22 03:01:01.000" },
  { field: "@message", value: "hello" },
  { field: "@ptr", value: "CmEKJgoi" },
];

/** Rows of files with other flows than the three, or with more. */
const ROWS: Record<string, unknown[]> = {
  "sentences.log": [
    ACCEPTED,
    kept("end of file"),
    kept("action must be taken now"),
    kept("version"),
    REJECTED,
    kept("start"),
    NODATA,
  ],
  "header-new-fields.log": [...HEADED, kept("198.51.100.20 192.0.2.10 3456 123456789010 OK")],
  "joined.log": [...HEADED, ...FLOWS, { srcaddr: "192.0.2.10", dstaddr: "198.51.100.20" }],
  "cloudwatch-export.log": [...FLOWS, kept("2024-11-22T03:01:01.000Z hello")],
  "tail.log": [...FLOWS, kept(`2024-11-22T03:01:01.000000+00:00 ${STREAM} hello`)],
  "tail-short.log": [...FLOWS, kept("2024-11-22T03:01:01 hello")],
  "filter-log-events.json": [...FLOWS, printed(EVENT, 8)],
  "filter-log-events-line.json": [...FLOWS, keptJson(EVENT)],
  "get-log-events.json": [...FLOWS, printed(BARE_EVENT, 8)],
  "messages.json": [...FLOWS, keptJson("hello")],
  "filter-log-events.txt": [
    ...FLOWS,
    kept(`EVENTS\t386200003\t1732244465000\t${STREAM}\thello\t1732244461000`),
  ],
  "get-log-events.txt": [...FLOWS, kept("EVENTS\t1732244465000\thello\t1732244461000")],
  "console.csv": [...FLOWS, kept("1732244461000,hello")],
  "insights.csv": [...FLOWS, kept('2024-11-22 03:01:01.000,"hello"')],
  // Logs Insights shows no version but the one that it asks for.
  "insights-fields.csv": FLOWS.map(({ version: _, ...row }) => row),
  "insights.json": [
    ...FLOWS,
    kept(
      JSON.stringify({ "@timestamp": "2024-11-22 03:01:01.000", "@message": "hello" }, null, 2).replaceAll(
        "\n",
        "\n  ",
      ),
    ),
  ],
  "get-query-results.json": [
    ...FLOWS,
    kept(JSON.stringify(RESULT, null, 4).replaceAll("\n", `\n${" ".repeat(8)}`)),
  ],
  "subscription.json": [...FLOWS, keptJson({ id: "386200003", timestamp: 1732244461000, message: "hello" })],
  "firehose.jsonl": [...FLOWS, keptJson({ message: "hello" })],
  "athena.csv": [...FLOWS, kept("hello")],
  "athena.tsv": [...FLOWS, kept("hello")],
  "athena-get-query-results.json": [...FLOWS, kept("hello")],
  "shippers.jsonl": [...MEMBERS.map(() => ACCEPTED), kept('{"level":"error","message":"hello"}'), REJECTED],
  "rows.jsonl": [
    ...FLOWS,
    { ...ACCEPTED, packets: Number("9007199254740993"), bytes: Number("9223372036854775807") },
    kept('{"unparsed": "hello"}'),
  ],
  "cri.log": [...FLOWS, kept("2024-11-22T03:01:01.123456789Z stderr F hello")],
  "syslog.log": [...FLOWS, kept("Nov 22 03:01:59 host-1 flows[7]: hello")],
  "awslogs.log": [...FLOWS, kept(`/vpc/flow-logs ${STREAM} hello`)],
};

/** Files with a further message beside that about the format. */
const NOTES: Record<string, string[]> = {
  "header-new-fields.log": ["left out what is no field that this version knows: tls-version, flow-id"],
  ...Object.fromEntries(
    ["athena.csv", "athena.tsv", "athena-get-query-results.json"].map((file) => [
      file,
      ["left out what is no field that this version knows: year, month, day, hour"],
    ]),
  ),
};

/** Times at which the lines of a file were logged, if it has them. */
const TIMES = [1732244461000, 1732244461000, 1732244519000];
const WITHOUT_TIMES = [
  "vpcflowlogs.parquet",
  "vpcflowlogs-hyphens.parquet",
  "messages.json",
  "messages.txt",
  "insights-message.csv",
  "firehose.jsonl",
];

const path = (file: string) => join(INPUTS, file);
const files = Object.values(FORMS).flatMap((forms) => forms.flatMap((form) => form.files));

describe("local: forms of input", () => {
  for (const [kind, forms] of Object.entries(FORMS))
    for (const { name, files: examples } of forms)
      for (const file of examples)
        it(`${kind.toLowerCase()}, ${name}: gives exactly the rows of ${file}`, async () => {
          const { lines, notes } = await read(path(file));
          const usual = file.startsWith("header-") ? HEADED : FLOWS;
          assert.deepEqual(lines.map(rowOf), ROWS[file] ?? usual);
          assert.deepEqual(notes, NOTES[file] ?? []);
        });

  it("reads the times that exports have beside lines", async () => {
    for (const file of FORMS["From AWS"].flatMap((form) => form.files)) {
      const { lines } = await read(path(file));
      const isSaid = !file.startsWith("athena") && !WITHOUT_TIMES.includes(file);
      assert.deepEqual(
        lines.slice(0, 3).map(({ time }) => time),
        isSaid ? TIMES : [undefined, undefined, undefined],
        file,
      );
    }
  });

  it("keeps every digit of numbers in JSON", async () => {
    const { texts } = await read(path("rows.jsonl"));
    assert.ok(texts[3].includes(" 9007199254740993 9223372036854775807 "));
  });

  it("has a case for every file in the folder of examples, except refused ones", () => {
    const examples = readdirSync(INPUTS).filter((file) => !file.startsWith("flows."));
    assert.deepEqual(examples.sort(), [...files].sort());
  });
});
