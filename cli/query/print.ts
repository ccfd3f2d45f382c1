import { once } from "node:events";
import { streamOf } from "../../local/athena/answer";
import { type AnswerOptions, answerTo, rendererOf } from "./answer";
import { targetOf } from "./athena/target";
import { connectionsOf, connectionText } from "./connect";
import { Stopped } from "./engine";
import { listOf } from "./list";

/** Options of `flowlogs query`. */
export interface QueryOptions extends AnswerOptions {
  stack?: string;
  list?: boolean;
  connect?: boolean;
}

/** Exit code after Ctrl-C, by the shells' convention. */
const INTERRUPTED = 130;

/** Yields the texts for standard output. */
async function* output(name: string | undefined, options: QueryOptions): AsyncGenerator<string> {
  if (options.list) return yield* rendererOf(options)(streamOf(await listOf(options)));
  if (!options.connect) return yield* answerTo(name, options);
  const place = await targetOf(options);
  yield options.json ? `${JSON.stringify(connectionsOf(place), null, 2)}\n` : connectionText(place);
}

/** Writes texts as fast as the reader takes them. */
const print = async (texts: AsyncIterable<string>) => {
  for await (const text of texts) if (!process.stdout.write(text)) await once(process.stdout, "drain");
};

/** Prints an answer, or the reason for which it was stopped. */
export const printAnswer = async (name: string | undefined, options: QueryOptions): Promise<void> => {
  try {
    await print(output(name, options));
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    process.stderr.write(`flowlogs: ${error.message}\n`);
    process.exitCode = INTERRUPTED;
  }
};
