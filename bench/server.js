// A Firehose that accepts every record, in a process of its own, so that its work is not counted as the function's.
// It counts the ends of members instead of parsing the body, because the sender waits for it.

const { createServer } = require("node:http");

const BILLED = 5120;
const MEMBER = '"Data":"';
// Ids have the length of Firehose's.
const ENTRY = { RecordId: "0".repeat(224) };

let sent = { records: 0, bytes: 0, billedBytes: 0 };
const answers = [];

const answerFor = (count) => {
  answers[count] ??= JSON.stringify({
    Encrypted: false,
    FailedPutCount: 0,
    RequestResponses: new Array(count).fill(ENTRY),
  });
  return answers[count];
};

const count = (body) => {
  let records = 0;
  for (let at = body.indexOf(MEMBER); at >= 0; records++) {
    const first = at + MEMBER.length;
    const end = body.indexOf('"', first);
    const padding = body.subarray(end - 2, end).filter((byte) => byte === 61).length;
    const bytes = ((end - first) / 4) * 3 - padding;
    sent.bytes += bytes;
    sent.billedBytes += Math.ceil(bytes / BILLED) * BILLED;
    at = body.indexOf(MEMBER, end);
  }
  sent.records += records;
  return records;
};

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const answer = answerFor(count(Buffer.concat(chunks)));
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(answer);
  });
});

// Any message asks for the counts since the last.
process.on("message", () => {
  process.send(sent);
  sent = { records: 0, bytes: 0, billedBytes: 0 };
});
server.listen(0, "127.0.0.1", () => process.send({ url: `http://127.0.0.1:${server.address().port}` }));
