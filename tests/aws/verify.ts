import { Account, STACK } from "./account";
import { reportOf, type Seen } from "./report";
import type { Shell } from "./shell";
import { STEPS, type Step } from "./steps";

/** The person at the terminal. */
export interface Person {
  /** The answer to a question. */
  ask: (question: string) => Promise<string>;
  say: (line: string) => void;
  /** Keeps the report. */
  keep: (report: string) => void;
}

/** The person declined. */
export class Declined extends Error {}

const OFFER = `It deploys the stack "${STACK}" with a key, a bucket, streams, a function, alarms and one flow log of the region's
default VPC, and destroys all of it, in about half an hour and for less than a dollar. KMS deletes the key after 30 days.`;

/** Asks before anything is made. @throws Declined unless the answer is the account's number. */
const agree = async (account: Account, { ask, say }: Person): Promise<string> => {
  const { Account: number, Arn: who } = account.aws("sts", "get-caller-identity");
  say(`Account ${number}, region ${account.region}, as ${who}.\n${OFFER}`);
  const answer = await ask(`Type ${number} to go on: `);
  if (answer.trim() !== number) throw new Declined("nothing was made");
  return number;
};

const attempt = async (step: Step, account: Account, say: Person["say"]): Promise<Seen> => {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  say(`${step.title} …`);
  try {
    return {
      step: step.name,
      title: step.title,
      held: true,
      saw: await step.run(account),
      seconds: seconds(),
    };
  } catch (error) {
    const saw = error instanceof Error ? error.message : String(error);
    return { step: step.name, title: step.title, held: false, saw, seconds: seconds() };
  }
};

/** Returns the bucket and the key that a destroy must delete, if the stack has made them. */
const remains = (account: Account): { bucket?: string; key?: string } => {
  try {
    return { bucket: account.outputs().bucket, key: account.nameOf("aws:kms/key:Key", /flows-key$/) };
  } catch {
    return {};
  }
};

const DESTROY: Step = {
  name: "destroy",
  title: "Destroys the stack",
  run: async (account) => {
    const { bucket, key } = remains(account);
    account.pulumi("destroy", "--yes", "--skip-preview");
    account.pulumi("stack", "rm", "--yes");
    const { Buckets } = account.aws("s3api", "list-buckets");
    if (Buckets.some(({ Name }: { Name: string }) => Name === bucket))
      throw new Error(`the bucket ${bucket} is there still`);
    if (key === undefined) return "there was no key";
    const { KeyState } = account.aws("kms", "describe-key", "--key-id", key).KeyMetadata;
    return `the bucket is gone, the key is in state ${KeyState}`;
  },
};

/**
 * Deploys a stack in an account, runs the steps, and always destroys the stack. Steps after a failed one run
 * all the same, except those that need the stack if it could not be deployed.
 * @returns true if every claim held
 */
export const verify = async (shell: Shell, region: string, person: Person): Promise<boolean> => {
  const account = new Account(shell, region);
  const number = await agree(account, person);
  account.pulumi("stack", "init");
  account.configure("aws:region", region);
  const seen: Seen[] = [];
  for (const step of STEPS) {
    seen.push(await attempt(step, account, person.say));
    if (step.name === "deploy" && !seen[0].held) break;
  }
  seen.push(await attempt(DESTROY, account, person.say));
  person.keep(reportOf({ number, region, seen }));
  return seen.every(({ held }) => held);
};
