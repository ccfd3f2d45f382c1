// Stub of @aws-sdk/client-firehose: accepts every record at once, and counts records and bytes.

const BILLED = 5120;
const sent = { records: 0, bytes: 0, billedBytes: 0 };

exports.sent = sent;

exports.PutRecordBatchCommand = class {
  constructor(input) {
    this.input = input;
  }
};

/** A client with an unknown protocol, so that the function passes records instead of encoded bodies. */
const REQUEST = { headers: { "content-type": "none" } };

exports.FirehoseClient = class {
  middlewareStack = {
    add: (middleware) => {
      this.handle = middleware(async () => {});
    },
  };

  async send({ input }) {
    await this.handle?.({ input, request: REQUEST });
    for (const { Data } of input.Records) {
      sent.records += 1;
      sent.bytes += Data.length;
      sent.billedBytes += Math.ceil(Data.length / BILLED) * BILLED;
    }
    return { FailedPutCount: 0, RequestResponses: input.Records.map(() => ({ RecordId: "0" })) };
  }

  destroy() {}
};
