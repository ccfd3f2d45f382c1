import type { Command } from "commander";
import type { DetectOptions } from "./detect/print";
import { ASKED_LAKE } from "./lakes";
import { withProgram } from "./program";
import { wholeNumber } from "./usage";

const EXAMPLES = `Examples:
  flowlogs detect horizontal-scan brute-force
  flowlogs detect --stack prod --lake mylake --json
`;

const MORE = `
Each run looks at what was stored since the run before, as time passed in the lines; the SQL and the hours are those of
the schedules that the stack declares. The findings replace those of an earlier detect, and are asked as in Athena:

  flowlogs query --sql "SELECT run, json_extract_scalar(finding, '$.srcaddr') FROM flow_logs_findings WHERE run >= '2026-01-15T00'"
`;

/** `flowlogs detect`: runs the scheduled detections over a lake on this machine. */
export const detect = (program: Command) =>
  withProgram(
    program
      .command("detect")
      .description("run the detections over a lake here, as their schedules would, hour by hour")
      .argument("[names...]", "saved queries; the stack's own detections, if none is named"),
  )
    .option("--lake <dir>", `the lake to look at (default: ${ASKED_LAKE})`)
    .option("--every <hours>", "hours from one run to the next, instead of the stack's", wholeNumber(1, 24))
    .option("--json", "print an array of findings")
    .addHelpText("before", EXAMPLES)
    .addHelpText("after", MORE)
    .action(async (names: string[], given: Omit<DetectOptions, "lake"> & { lake?: string }) =>
      (await import("./detect/print")).printDetected(names, given),
    );
