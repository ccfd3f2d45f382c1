// Lower bound for handlers that read the envelope with JSON.parse.

const { gunzipSync } = require("node:zlib");

exports.handler = (event) => {
  const text = gunzipSync(Buffer.from(event.awslogs.data, "base64")).toString("utf8");
  return JSON.parse(text).logEvents.length;
};
