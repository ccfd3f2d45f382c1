import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { FaultyFirehose } from "../functions/deployed";
import { envelopeOf, eventOf } from "../functions/envelope";

const RUNTIME = resolve(__dirname, "../../local/lambda-runtime.js");
/** Lambda's Node.js runtime brings the AWS SDK. */
const SDK = dirname(dirname(dirname(require.resolve("@aws-sdk/client-firehose/package.json"))));

/** Runs an archive on these lines, in a folder and a process of its own. Returns the rows. */
export const invoke = async (archive: Record<string, string>, folder: string, lines: string[]) => {
  mkdirSync(folder);
  for (const [path, text] of Object.entries(archive)) writeFileSync(join(folder, path), text);
  const firehose = new FaultyFirehose();
  await firehose.start();
  const env = {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "key",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_ENDPOINT_URL_FIREHOSE: firehose.url,
    DELIVERY_STREAM_NAME: "stream",
    NODE_PATH: SDK,
    NODE_NO_WARNINGS: "1",
  };
  const fn = fork(RUNTIME, [join(folder, "__index.js")], { cwd: folder, env, silent: true });
  try {
    await once(fn, "message");
    fn.send({ event: eventOf(envelopeOf(lines)), requestId: "r", deadline: Date.now() + 30_000 });
    await once(fn, "message");
    return firehose.rows();
  } finally {
    fn.kill();
    firehose.stop();
  }
};
