// Stands in for Lambda's runtime: loads the handler once, then answers one event after another.

/** Log of the function since its last answer. */
let log = "";
const print = process.stdout.write.bind(process.stdout);
process.stdout.write = (text) => {
  log += text;
  return print(text);
};
// Ctrl-C reaches every process of a terminal; this one has to answer until its parent is done with it.
process.on("SIGINT", () => {});
process.on("disconnect", () => process.exit());

const { handler } = require(process.argv[2]);

const answer = (outcome) => {
  process.send({ ...outcome, log });
  log = "";
};

process.on("message", async ({ event, requestId, deadline }) => {
  const context = {
    awsRequestId: requestId,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  try {
    answer({ result: await handler(event, context) });
  } catch (error) {
    answer({ error: { errorType: error?.name ?? "Error", errorMessage: String(error?.message ?? error) } });
  }
});
process.send({ ready: true });
