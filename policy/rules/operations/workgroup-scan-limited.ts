import { type Fields, fields, isFalse, UNKNOWN } from "../../reading/properties";
import { numberOf, operationRule } from "../operation-rule";

interface Chosen {
  maximumBytes?: number;
}

/** The least limit that Athena accepts, and a pebibyte: more is a mistake. */
const LEAST = 10_000_000;
const MOST = 1_125_899_906_842_624;

export const workgroupScanLimited = operationRule<Chosen>({
  name: "workgroup-scan-limited",
  displayName: "Athena scan limit",
  description: "An Athena workgroup limits what one query may scan, and clients cannot get around it.",
  severity: "medium",
  tags: ["operations", "athena", "cost"],
  remediationSteps:
    "Set configuration.bytesScannedCutoffPerQuery, and leave enforceWorkgroupConfiguration on.",
  url: "https://docs.aws.amazon.com/athena/latest/ug/workgroups-setting-control-limits-cloudwatch.html",
  judges: { noun: "workgroup", type: "aws:athena/workgroup:Workgroup" },
  options: {
    maximumBytes: {
      type: "integer",
      minimum: LEAST,
      maximum: MOST,
      description:
        "The most bytes that a query may be allowed to scan; any limit will do if this is not set.",
    },
  },
  judge: (props, { maximumBytes }) => {
    const configuration = fields(props.configuration);
    if (props.configuration === UNKNOWN || props.state === "DISABLED" || isSpark(configuration)) return [];
    const { bytesScannedCutoffPerQuery: limit, enforceWorkgroupConfiguration } = configuration;
    const faults: string[] = [];
    const bytes = numberOf(limit) ?? 0;
    if (limit !== UNKNOWN && bytes <= 0)
      faults.push("lets a query scan any amount of data; set configuration.bytesScannedCutoffPerQuery.");
    if (maximumBytes !== undefined && bytes > maximumBytes)
      faults.push(
        `lets a query scan ${bytes} bytes; set bytesScannedCutoffPerQuery to ${maximumBytes} at most.`,
      );
    // The provider's default is true.
    if (isFalse(enforceWorkgroupConfiguration))
      faults.push("lets clients choose settings of their own; set enforceWorkgroupConfiguration to true.");
    return faults;
  },
});

/** Spark has no queries to limit. */
const isSpark = ({ engineVersion }: Fields): boolean =>
  /^PySpark/i.test(String(fields(engineVersion).selectedEngineVersion ?? ""));
