import { workgroupScanLimited } from "../../../policy/rules/operations/workgroup-scan-limited";
import { UNKNOWN_ON_THE_WIRE as UNKNOWN } from "../stack";
import { describeRule } from "./judge";

const limit = (configuration: unknown) => ({ configuration });

describeRule(
  workgroupScanLimited,
  "aws:athena/workgroup:Workgroup",
  [
    ["a limit", limit({ bytesScannedCutoffPerQuery: 10_000_000 })],
    ["a limit that preview does not know", limit({ bytesScannedCutoffPerQuery: UNKNOWN })],
    [
      "Spark, which has none",
      limit({ engineVersion: { selectedEngineVersion: "PySpark engine version 3" } }),
    ],
    ["a workgroup that is switched off", { state: "DISABLED" }],
    ["the most allowed", limit({ bytesScannedCutoffPerQuery: 2e9 }), { maximumBytes: 2e9 }],
  ],
  [
    ["a workgroup without a configuration", {}, {}, /any amount of data/],
    ["a workgroup without a limit", limit({ enforceWorkgroupConfiguration: true }), {}, /any amount of data/],
    [
      "too high a limit",
      limit({ bytesScannedCutoffPerQuery: 3e9 }),
      { maximumBytes: 2e9 },
      /3000000000 bytes/,
    ],
    [
      "a limit that clients can get around",
      limit({ bytesScannedCutoffPerQuery: 2e9, enforceWorkgroupConfiguration: false }),
      {},
      /settings of their own/,
    ],
  ],
);
