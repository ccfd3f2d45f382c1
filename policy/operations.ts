import type { Policies } from "@pulumi/policy";
import { logGroupRetentionBounded } from "./capture-retention";
import { functionConcurrencyLimited } from "./etl-concurrency";
import { functionKeepsFailedEvents } from "./etl-failures";
import { functionRuntimeSupported } from "./etl-runtime";
import { functionTraced } from "./etl-tracing";
import { streamLogsErrors } from "./firehose-error-logging";
import { streamWriterMayUseKey } from "./firehose-writers";
import { bucketLogsAccess } from "./lake-access-logs";
import { bucketHasLifecycle } from "./lake-lifecycle";
import { bucketVersioned } from "./lake-versions";
import { workgroupScanLimited } from "./query-scan-limit";
import { resourceTagged } from "./stack-tags";

/** What runs is kept within bounds and can be looked into, and what fails is kept. */
export const operationsRules: Policies = [
  logGroupRetentionBounded,
  functionKeepsFailedEvents,
  functionRuntimeSupported,
  functionTraced,
  functionConcurrencyLimited,
  streamLogsErrors,
  streamWriterMayUseKey,
  bucketHasLifecycle,
  bucketVersioned,
  bucketLogsAccess,
  workgroupScanLimited,
  resourceTagged,
];
