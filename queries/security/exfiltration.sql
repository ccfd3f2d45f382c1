-- title: More sent to outside than ever
-- question: Which interfaces send far more to outside than on any of the days before, and to whom most?
-- fields: interface-id srcaddr dstaddr srcport dstport bytes start end action pkt-dstaddr flow-direction
-- parameter: days = 7; days before the window that show what is usual
-- parameter: factor = 3; times the busiest of those days
-- parameter: least = 100000000; bytes below which nothing is shown
-- parameter: rows = 50; how many interfaces to show
-- prepared: least factor
WITH flows AS (
  SELECT
    interface_id,
    srcaddr,
    srcport,
    dstaddr,
    dstport,
    bytes,
    start,
    "end",
    :recent AS is_recent,
    action = 'ACCEPT' AND flow_direction = 'egress' AND NOT :internal(dstaddr) AS is_sent,
    -- A NAT gateway takes packets that are for somebody outside. Whoever sent them is shown instead.
    CASE
      WHEN flow_direction = 'ingress' AND dstaddr <> pkt_dstaddr AND NOT :internal(pkt_dstaddr) THEN 1
      ELSE 0
    END AS forwards
  FROM flow_logs
  WHERE :history
    AND interface_id IS NOT NULL
),
lines AS (
  -- A line may be in the lake twice. All that is not sent to outside becomes one row for each interface.
  SELECT
    interface_id,
    CASE WHEN is_sent THEN srcaddr END AS srcaddr,
    CASE WHEN is_sent THEN srcport END AS srcport,
    CASE WHEN is_sent THEN dstaddr END AS dstaddr,
    CASE WHEN is_sent THEN dstport END AS dstport,
    CASE WHEN is_sent THEN bytes END AS bytes,
    CASE WHEN is_sent THEN start END AS since,
    CASE WHEN is_sent THEN "end" END AS until,
    bool_and(is_recent) AS is_recent,
    min(CASE WHEN NOT is_recent THEN start END) AS known_since,
    max(forwards) AS forwards
  FROM flows
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
),
daily AS (
  SELECT
    interface_id,
    dstaddr,
    CASE WHEN is_recent AND since IS NOT NULL THEN 0 ELSE 1 + floor((:from - since) / 86400) END AS days_ago,
    sum(bytes) AS bytes,
    min(since) AS since,
    max(until) AS until,
    min(known_since) AS known_since,
    max(forwards) AS forwards
  FROM lines
  GROUP BY 1, 2, 3
),
totals AS (
  SELECT
    interface_id,
    days_ago,
    sum(bytes) AS bytes,
    max_by(dstaddr, bytes) AS most_to,
    max(bytes) AS bytes_to_it,
    min(since) AS since,
    max(until) AS until,
    min(known_since) AS known_since,
    max(forwards) AS forwards
  FROM daily
  GROUP BY interface_id, days_ago
),
interfaces AS (
  SELECT
    interface_id,
    sum(CASE WHEN days_ago = 0 THEN bytes ELSE 0 END) AS bytes,
    max(CASE WHEN days_ago > 0 THEN bytes ELSE 0 END) AS busiest_day_before,
    max(CASE WHEN days_ago = 0 THEN most_to END) AS most_to,
    max(CASE WHEN days_ago = 0 THEN bytes_to_it END) AS bytes_to_it,
    :time(min(CASE WHEN days_ago = 0 THEN since END)) AS first_seen,
    :time(max(CASE WHEN days_ago = 0 THEN until END)) AS last_seen,
    min(known_since) AS known_since,
    max(forwards) AS forwards
  FROM totals
  GROUP BY interface_id
)
SELECT interface_id, bytes, busiest_day_before, most_to, bytes_to_it, first_seen, last_seen
FROM interfaces
WHERE forwards = 0
  -- An interface without a past has nothing to be compared with.
  AND known_since IS NOT NULL
  AND bytes >= :least
  AND bytes > CAST(:factor AS double) * busiest_day_before
ORDER BY bytes DESC, interface_id
LIMIT :rows
