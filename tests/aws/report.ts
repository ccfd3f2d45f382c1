import { table } from "../../docs/generate/markdown";
import { version } from "../../package.json";
import { CLAIMS } from "./claims";

/** Result of a step. */
export interface Seen {
  step: string;
  title: string;
  held: boolean;
  saw: string;
  seconds: number;
}

const verdictOf = (step: string | undefined, seen: Seen[]): string => {
  const found = seen.find((each) => each.step === step);
  if (step === undefined) return "not in half an hour";
  if (found === undefined) return "not tried";
  return found.held ? "holds" : "**does not hold, or could not be seen**";
};

/** The report to attach to an issue. An account's number is nobody else's business: its last four digits are there. */
export const reportOf = ({ number, region, seen }: { number: string; region: string; seen: Seen[] }) => {
  const hidden = (text: string) => text.replaceAll(number, `********${number.slice(-4)}`);
  const steps = seen.map(({ title, held, saw, seconds }) => [
    title,
    held ? "done" : "**failed**",
    String(seconds),
    hidden(saw).replaceAll("\n", " "),
  ]);
  const claims = CLAIMS.map(({ id, says, step }) => [id, says, verdictOf(step, seen)]);
  return [
    `# Seen in AWS: ${region}, ${new Date().toISOString().slice(0, 10)}, version ${version}`,
    table(["step", "", "seconds", "saw"], steps),
    table(["claim", "what it says", "verdict"], claims),
    "",
  ].join("\n\n");
};
