import type { Policies } from "@pulumi/policy";
import { bucketHasLifecycle } from "./operations/bucket-has-lifecycle";
import { bucketLogsAccess } from "./operations/bucket-logs-access";
import { bucketVersioned } from "./operations/bucket-versioned";
import { functionConcurrencyLimited } from "./operations/function-concurrency-limited";
import { functionKeepsFailedEvents } from "./operations/function-keeps-failed-events";
import { functionRuntimeSupported } from "./operations/function-runtime-supported";
import { functionTraced } from "./operations/function-traced";
import { logGroupRetentionBounded } from "./operations/log-group-retention-bounded";
import { resourceTagged } from "./operations/resource-tagged";
import { streamLogsErrors } from "./operations/stream-logs-errors";
import { streamWriterMayUseKey } from "./operations/stream-writer-may-use-key";
import { workgroupScanLimited } from "./operations/workgroup-scan-limited";

/** Rules about bounds, observability and failed events. */
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
