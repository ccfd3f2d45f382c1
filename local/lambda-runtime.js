// What AWS runs a function in, reduced to what ours sees: loads the handler once, then answers one event after another.

const { handler } = require(process.argv[2]);

process.on("message", async ({ event, requestId, deadline }) => {
  const context = {
    awsRequestId: requestId,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  try {
    process.send({ result: await handler(event, context) });
  } catch (error) {
    process.send({
      error: { errorType: error?.name ?? "Error", errorMessage: String(error?.message ?? error) },
    });
  }
});
process.send({ ready: true });
