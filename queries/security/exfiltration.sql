-- title: More sent to outside than ever
-- question: Which interfaces send far more to outside than on any of the days before, and to whom most?
-- fields: interface-id srcaddr dstaddr srcport dstport bytes start end action pkt-dstaddr flow-direction
-- parameter: days = 7; days before the window that show what is usual
-- parameter: factor = 3; times the busiest of those days
-- parameter: least = 100000000; bytes below which nothing is shown
-- parameter: rows = 50; how many interfaces to show
WITH interfaces AS (
  SELECT
    interface_id,
    min(start) AS since,
    -- A NAT gateway takes packets that are for somebody outside. Whoever sent them is shown instead.
    max(CASE
      WHEN flow_direction = 'ingress' AND dstaddr <> pkt_dstaddr AND NOT :internal(pkt_dstaddr) THEN 1
      ELSE 0
    END) AS forwards
  FROM flow_logs
  WHERE :history
    AND interface_id IS NOT NULL
  GROUP BY interface_id
),
sent AS (
  -- A line may be in the lake twice.
  SELECT DISTINCT interface_id, srcaddr, srcport, dstaddr, dstport, bytes, start, "end"
  FROM flow_logs
  WHERE :history
    AND action = 'ACCEPT'
    AND flow_direction = 'egress'
    AND NOT :internal(dstaddr)
),
daily AS (
  SELECT
    interface_id,
    dstaddr,
    CASE WHEN start >= :from THEN 0 ELSE 1 + floor((:from - start) / 86400) END AS days_ago,
    sum(bytes) AS bytes,
    min(start) AS since,
    max("end") AS until
  FROM sent
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
    max(until) AS until
  FROM daily
  GROUP BY interface_id, days_ago
)
SELECT
  totals.interface_id,
  sum(CASE WHEN days_ago = 0 THEN bytes ELSE 0 END) AS bytes,
  max(CASE WHEN days_ago > 0 THEN bytes ELSE 0 END) AS busiest_day_before,
  max(CASE WHEN days_ago = 0 THEN most_to END) AS most_to,
  max(CASE WHEN days_ago = 0 THEN bytes_to_it END) AS bytes_to_it,
  from_unixtime(min(CASE WHEN days_ago = 0 THEN totals.since END)) AS first_seen,
  from_unixtime(max(CASE WHEN days_ago = 0 THEN until END)) AS last_seen
FROM totals
JOIN interfaces ON interfaces.interface_id = totals.interface_id
-- An interface without a past has nothing to be compared with.
WHERE interfaces.forwards = 0
  AND interfaces.since < :from
GROUP BY totals.interface_id
HAVING sum(CASE WHEN days_ago = 0 THEN bytes ELSE 0 END) >= :least
  AND sum(CASE WHEN days_ago = 0 THEN bytes ELSE 0 END)
    > :factor * max(CASE WHEN days_ago > 0 THEN bytes ELSE 0 END)
ORDER BY 2 DESC, totals.interface_id
LIMIT :rows
