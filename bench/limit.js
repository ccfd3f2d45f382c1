// Lower bound for all handlers: the cost of decoding an event.

const { gunzipSync } = require("node:zlib");

exports.handler = (event) => gunzipSync(Buffer.from(event.awslogs.data, "base64")).length;
