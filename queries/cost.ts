import type { SavedQuery } from ".";

/** Athena's price in most regions: US dollars for each TB that a query reads, with a minimum of 10 MB. */
export const SCAN = { usdPerTb: 5, leastBytes: 10_000_000 };

export const GIB = 2 ** 30;

const DAYS_PER_MONTH = 365 / 12;

/** Returns Athena's price of a query that reads so many bytes. */
export const usdOf = (bytes: number): number => (Math.max(bytes, SCAN.leastBytes) / 1e12) * SCAN.usdPerTb;

/**
 * Bytes of Parquet for a row in each column, measured on the made-up day with all fields. A test repeats the measurement.
 */
const COLUMN_BYTES: Record<string, number> = {
  ...{ version: 0.01, account_id: 0.01, interface_id: 0.84, srcaddr: 2.47, dstaddr: 2.34, srcport: 1.89 },
  ...{ dstport: 1.94, protocol: 0.1, packets: 1.28, bytes: 3.27, start: 1.95, end: 1.61, action: 0.15 },
  ...{ log_status: 0.03, vpc_id: 0.01, subnet_id: 0.51, instance_id: 0.45, tcp_flags: 0.39, type: 0.09 },
  ...{
    pkt_srcaddr: 2.51,
    pkt_dstaddr: 2.34,
    region: 0.01,
    az_id: 0.27,
    sublocation_type: 0,
    sublocation_id: 0,
  },
  ...{ pkt_src_aws_service: 0.08, pkt_dst_aws_service: 0.08, flow_direction: 0.21, traffic_path: 0.25 },
  ...{
    ecs_cluster_arn: 0.14,
    ecs_cluster_name: 0.14,
    ecs_container_instance_arn: 0.3,
    ecs_container_id: 0.33,
  },
  ...{
    ecs_container_instance_id: 0.29,
    ecs_second_container_id: 0.33,
    ecs_service_name: 0.14,
    ecs_task_id: 0.29,
  },
  ...{ ecs_task_definition_arn: 0.15, ecs_task_arn: 0.3, reject_reason: 0.05, resource_id: 0 },
  ...{
    encryption_status: 0.27,
    instance_tag: 0.42,
    instance_tag_2: 0.14,
    interface_tag: 0.4,
    interface_tag_2: 0.28,
  },
  ...{
    asg_tag: 0.24,
    asg_tag_2: 0.14,
    interface_type: 0.14,
    next_hop_interface_id: 0.64,
    next_hop_subnet_id: 0.44,
  },
  ...{ next_hop_az_id: 0.3, next_hop_vpc_id: 0.14, next_hop_interface_type: 0.09 },
  ...{ src_network: 0.4, dst_network: 0.42, unparsed: 0 },
};

const bytesOf = (columns: readonly string[]) =>
  columns.reduce((sum, column) => sum + (COLUMN_BYTES[column] ?? 0), 0);

/**
 * Returns the share of the table's bytes in the columns of a query. Parquet stores columns separately, so Athena reads only
 * those.
 */
export const shareOf = ({ reads }: SavedQuery, columns: readonly string[]): number =>
  Math.min(1, bytesOf(reads.map((field) => field.replaceAll("-", "_"))) / bytesOf(columns));

/** Runs of a day that read the same number of hours of arrival. */
export interface Runs {
  perDay: number;
  hours: number;
}

/**
 * Hours that a run reads beside its window: the hour before, in which an object may have begun, and the hour in which
 * it is due.
 */
const EDGES = 2;

/** Hours that the run at hour 0 reads, for late objects. */
const LATE_HOURS = 50 + 1;

/** Returns the runs of a day, by the hours of arrival that each reads, with those of its history. */
export const runsOf = ({ historyDays }: SavedQuery, everyHours: number): Runs[] => {
  const history = historyDays * 24;
  return [
    { perDay: 1, hours: LATE_HOURS + history },
    { perDay: Math.ceil(24 / everyHours) - 1, hours: everyHours + EDGES + history },
  ];
};

/** Returns the bytes that a detection reads in a lake that grows by so many bytes a day, and their cost. */
export interface Reading {
  /** Bytes of the run at hour 0, which reads most. */
  bytesPerRun: number;
  usdPerMonth: number;
}

export const readingOf = (
  query: SavedQuery,
  {
    everyHours,
    columns,
    bytesPerDay,
  }: { everyHours: number; columns: readonly string[]; bytesPerDay: number },
): Reading => {
  const share = shareOf(query, columns);
  const runs = runsOf(query, everyHours).map(({ perDay, hours }) => ({
    perDay,
    bytes: (hours / 24) * bytesPerDay * share,
  }));
  const usdPerDay = runs.reduce((sum, { perDay, bytes }) => sum + perDay * usdOf(bytes), 0);
  return {
    bytesPerRun: runs[0].bytes,
    usdPerMonth: usdPerDay * DAYS_PER_MONTH,
  };
};
