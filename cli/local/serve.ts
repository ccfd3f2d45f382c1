import { LocalService, ServiceError } from "../../local/service";
import { Progress } from "../output/progress";
import { chooseProgram, type ProgramOptions } from "../program";
import { complaints } from "../run/complaints";
import { asJson, count, stages } from "../run/summary";
import { UsageError } from "../usage";

/** Options of `flowlogs local`. */
export interface LocalOptions extends ProgramOptions {
  lake: string;
  port: number;
  json?: boolean;
}

/** Resolves at the first signal that ends the process; the second ends it at once. */
const asked = (): Promise<void> =>
  new Promise((resolve) => {
    let times = 0;
    const onSignal = () => {
      if (++times > 1) process.exit(1);
      resolve();
    };
    process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  });

const SETTINGS = "AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local";

/** Returns the settings that a client needs, and commands to try, for standard output. */
const guide = ({ url, region, streams, latency }: LocalService, lake: string): string => {
  const [{ name }] = streams;
  const formats = streams.flatMap(({ name, format }) => [
    `stream    ${name}`,
    ...(format ? [`lines     ${format.replaceAll(/[${}]/g, "")}`] : []),
  ]);
  return [
    `endpoint  ${url}`,
    `region    ${region}`,
    ...formats,
    `lake      ${lake}, at most ${latency} s after a record; at once with Ctrl-C`,
    "",
    `export AWS_ENDPOINT_URL_FIREHOSE=${url} AWS_REGION=${region} ${SETTINGS}`,
    `aws firehose put-record --endpoint-url ${url} --region ${region} --delivery-stream-name ${name} --record Data@=fileb://flows.log`,
    `npx flowlogs query --lake ${lake} --sql 'SELECT count(*) FROM flow_logs WHERE :window'`,
    "",
    "",
  ].join("\n");
};

const introduction = (service: LocalService, lake: string): string => {
  const { url: endpoint, region, streams, latency } = service;
  return `${JSON.stringify({ endpoint, region, streams, lake, latency })}\n`;
};

const run = async ({ lake, port, json, ...options }: LocalOptions): Promise<void> => {
  const began = Date.now();
  const chosen = await chooseProgram(options);
  const progress = new Progress();
  const end = asked();
  let fail: (error: unknown) => void = () => {};
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const change = (rows: number) => progress.say(`${count(rows, "row")} in the lake`);
  const service = await LocalService.start({ ...chosen, lakeDir: lake, port }, { change, failure: fail });
  process.stdout.write(json ? introduction(service, lake) : guide(service, lake));
  await Promise.race([end, failure]);
  const totals = await service.stop();
  const figures = { ...totals, isTransformed: true, seconds: (Date.now() - began) / 1000 };
  process.stdout.write(json ? asJson(figures) : `${stages(figures, lake).join("\n")}\n`);
  for (const complaint of complaints(figures, totals, lake)) progress.say(complaint);
};

/** Serves the stack until a signal ends it. */
export const serve = async (options: LocalOptions): Promise<void> => {
  try {
    await run(options);
  } catch (error) {
    throw error instanceof ServiceError ? new UsageError(error.message) : error;
  }
};
