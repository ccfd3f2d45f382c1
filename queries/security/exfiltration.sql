-- title: More sent to outside than ever
-- question: Which interfaces send far more to outside than on any of the days before, and to whom most?
-- fields: interface-id srcaddr dstaddr srcport dstport bytes start end action pkt-dstaddr flow-direction
-- parameter: days = 7; days before the window that show what is usual
-- parameter: factor = 3; times the busiest of those days
-- parameter: least = 100000000; bytes below which nothing is shown
-- parameter: inside = ''; CIDR blocks that are inside, beside private ones, with commas between
-- parameter: rows = 50; how many interfaces to show
-- prepared: least factor
WITH flows AS (
  SELECT
    interface_id,
    :own AS own,
    srcaddr,
    srcport,
    dstaddr,
    dstport,
    bytes,
    start,
    "end",
    :recent AS is_recent,
    action = 'ACCEPT' AND flow_direction = 'egress' AS is_sent,
    :forwards AS forwards
  FROM flow_logs
  WHERE :history
    AND :of_interface
    AND interface_id IS NOT NULL
),
lines AS (
  -- A line may be in the lake twice. All that is not sent becomes a row for each address of an interface.
  SELECT
    interface_id,
    own,
    CASE WHEN is_sent THEN srcport END AS srcport,
    CASE WHEN is_sent THEN dstaddr WHEN forwards THEN srcaddr END AS peer,
    CASE WHEN is_sent THEN dstport END AS dstport,
    CASE WHEN is_sent THEN bytes END AS bytes,
    CASE WHEN is_sent THEN start END AS since,
    CASE WHEN is_sent THEN "end" END AS until,
    bool_and(is_recent) AS is_recent,
    min(CASE WHEN NOT is_recent THEN start END) AS known_since,
    bool_or(forwards) AS forwards
  FROM flows
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
),
seen AS (
  SELECT
    interface_id,
    own,
    peer,
    CASE WHEN is_recent AND since IS NOT NULL THEN 0 ELSE 1 + floor((:from - since) / 86400) END AS days_ago,
    sum(bytes) AS bytes,
    min(since) AS since,
    max(until) AS until,
    min(known_since) AS known_since,
    bool_or(forwards) AS forwards
  FROM lines
  GROUP BY 1, 2, 3, 4
),
:homes,
:ends,
daily AS (
  SELECT
    interface_id,
    days_ago,
    CASE WHEN since IS NOT NULL AND :outside THEN address END AS dstaddr,
    sum(CASE WHEN since IS NOT NULL AND :outside THEN bytes END) AS bytes,
    min(CASE WHEN since IS NOT NULL AND :outside THEN since END) AS since,
    max(CASE WHEN since IS NOT NULL AND :outside THEN until END) AS until,
    min(known_since) AS known_since,
    bool_or(relays) AS relays
  FROM ends
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
    bool_or(relays) AS relays
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
    bool_or(relays) AS relays
  FROM totals
  GROUP BY interface_id
)
SELECT interface_id, bytes, busiest_day_before, most_to, bytes_to_it, first_seen, last_seen
FROM interfaces
WHERE NOT relays
  -- An interface without a past has nothing to be compared with.
  AND known_since IS NOT NULL
  AND bytes >= :least
  AND bytes > CAST(:factor AS double) * busiest_day_before
ORDER BY bytes DESC, interface_id
LIMIT :rows
