/** Something that the documentation says and only AWS can prove. */
export interface Claim {
  /** The anchor of its row in docs/verify-in-aws.md. */
  id: string;
  says: string;
  /** The page and the words in it that link here. */
  page: string;
  /** The step that proves it, or nothing if half an hour is not enough: the page says then how to look. */
  step?: string;
}

export const CLAIMS: Claim[] = [
  {
    id: "new-key",
    says: "A key can be used at once by what is made right after it",
    page: "deploying.md",
    step: "deploy",
  },
  {
    id: "failures-destination",
    says: "PutFunctionEventInvokeConfig takes a bucket that the function's role may write to",
    page: "deploying.md",
    step: "deploy",
  },
  {
    id: "key-mappings",
    says: "Firehose takes `columnToJsonKeyMappings` of every column",
    page: "architecture.md",
    step: "deploy",
  },
  {
    id: "records-under-key",
    says: "Firehose takes records of a role that may use the key through it, and of no other",
    page: "keys.md",
    step: "ask",
  },
  {
    id: "source-conditions",
    says: "Firehose, Lambda and VPC Flow Logs send `aws:SourceArn` and `aws:SourceAccount` whenever they assume a role",
    page: "keys.md",
    step: "ask",
  },
  {
    id: "zero-buffering",
    says: "`bufferingInterval: 0` goes with conversion to Parquet",
    page: "ways-in.md",
    step: "ask",
  },
  { id: "views", says: "Athena reads both views", page: "architecture.md", step: "ask" },
  {
    id: "alarm",
    says: "An event that the function fails on is kept, and there is an alarm",
    page: "alarms.md",
    step: "fail",
  },
  { id: "replay", says: "A kept event can be put in again", page: "ways-in.md", step: "replay" },
  {
    id: "second-flow-log",
    says: "Old and new flow log write beside each other while `fields` change",
    page: "changing-fields.md",
    step: "change",
  },
  {
    id: "execution",
    says: "The state machine of a detection runs under the key",
    page: "scheduled-detections.md",
    step: "detect",
  },
  {
    id: "first-direct",
    says: "Several first flow logs with DIRECT can be made at once",
    page: "deploying.md",
    step: "direct",
  },
  {
    id: "lake-formation",
    says: "Lake Formation's defaults leave the database to IAM",
    page: "deploying.md",
    step: "deploy",
  },
  { id: "schedule", says: "EventBridge Scheduler reads its input as its role", page: "keys.md" },
  { id: "object-lock", says: "Firehose writes to a bucket with object lock", page: "what-stays.md" },
  { id: "conversion-billing", says: "Conversion is billed by the rows' JSON", page: "ways-in.md" },
];
