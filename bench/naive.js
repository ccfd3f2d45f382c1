// The usual handler: an object for each line, a record for each object, 500 records a call.

const { gunzipSync } = require("node:zlib");
const { FirehoseClient, PutRecordBatchCommand } = require("@aws-sdk/client-firehose");

const columns = JSON.parse(process.env.COLUMNS);
const client = new FirehoseClient({});

const toRow = (message) => {
  const tokens = message.split(" ");
  const row = {};
  columns.forEach(({ name, type }, i) => {
    const token = tokens[i];
    row[name] = token === "-" ? null : type === "string" ? token : Number(token);
  });
  return row;
};

exports.handler = async (event) => {
  const text = gunzipSync(Buffer.from(event.awslogs.data, "base64")).toString("utf8");
  const { messageType, logEvents } = JSON.parse(text);
  if (messageType !== "DATA_MESSAGE") return;
  const records = logEvents.map(({ message }) => ({
    Data: Buffer.from(`${JSON.stringify(toRow(message))}\n`),
  }));
  for (let i = 0; i < records.length; i += 500) {
    const answer = await client.send(
      new PutRecordBatchCommand({
        DeliveryStreamName: process.env.DELIVERY_STREAM_NAME,
        Records: records.slice(i, i + 500),
      }),
    );
    if (answer.FailedPutCount > 0) throw new Error(`${answer.FailedPutCount} records were not accepted`);
  }
};
