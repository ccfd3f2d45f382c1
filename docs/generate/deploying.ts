import { sizeSentence } from "../../cli/plan/deployer";
import type { CallRow } from "../../cli/plan/deployer/call-row";
import { CALLS } from "../../cli/plan/deployer/calls";
import { partsOf } from "../../cli/plan/deployer/parts";
import { deployerPolicy } from "../../cli/plan/deployer/policy";
import { runProgram } from "../../local/program";
import { table } from "./markdown";

/** Every action of a column, each once. */
const actionsIn = (rows: CallRow[], column: 1 | 2 | 3 | 4): string => {
  const actions = rows.flatMap((row) => row[column].split(" ")).filter(Boolean);
  return [...new Set(actions)].sort().join(" ");
};

/** Calls of a deployment, by type of resource. */
export const deployingCalls = (): string =>
  table(
    ["type", "create", "read", "change", "delete"],
    Object.entries(CALLS)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([type, rows]) => [
        `\`${type.replace(/^aws:(.*):.*$/, "$1")}\``,
        ...([1, 2, 3, 4] as const).map((column) => actionsIn(rows, column)),
      ]),
  );

/** Output of the page's first command: the beginning of the document, and the note on its size. */
export const deployingPrinted = async (): Promise<string> => {
  const policy = deployerPolicy(await runProgram("prod"), "123456789012");
  const begin = JSON.stringify(policy, null, 2).split("\n").slice(0, 8).join("\n");
  return `\`\`\`json\n${begin}\n\`\`\`\n\n\`\`\`text\n${sizeSentence(policy, partsOf(policy))}\n\`\`\``;
};
