-- title: Calls home at regular intervals
-- question: Who connects to the same address outside again and again, little at a time and as if by the clock?
-- fields: interface-id srcaddr dstaddr srcport dstport protocol bytes start action tcp-flags pkt-dstaddr flow-direction
-- parameter: calls = 20; calls that make a rhythm
-- parameter: spread = 0.3; standard deviation of the pauses, as a share of their mean
-- parameter: bytes = 20000; most bytes that a call sends on average
-- parameter: inside = ''; CIDR blocks that are inside, beside private ones, with commas between
-- parameter: rows = 50; how many callers to show
-- prepared: calls spread bytes
WITH flows AS (
  SELECT
    interface_id,
    :own AS own,
    flow_direction = 'egress' AND action = 'ACCEPT' AS is_call,
    :forwards AS forwards,
    srcaddr,
    srcport,
    dstaddr,
    dstport,
    start,
    bytes
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND protocol = 6
    -- A SYN without ACK: whoever sends it opens the connection.
    AND tcp_flags % 4 >= 2
    AND tcp_flags % 32 < 16
),
seen AS (
  -- Calls, and a row for each address of an interface and for each host that a NAT gateway forwards for.
  SELECT
    interface_id,
    own,
    CASE WHEN is_call THEN dstaddr WHEN forwards THEN srcaddr END AS peer,
    CASE WHEN is_call THEN srcport END AS srcport,
    CASE WHEN is_call THEN dstport END AS dstport,
    CASE WHEN is_call THEN start END AS called,
    bool_or(forwards) AS forwards,
    max(bytes) AS bytes
  FROM flows
  GROUP BY 1, 2, 3, 4, 5, 6
),
:homes,
:ends,
tries AS (
  SELECT
    own AS srcaddr,
    address AS dstaddr,
    dstport,
    called,
    bytes,
    called - lag(called) OVER (PARTITION BY own, address, dstport, srcport ORDER BY called) AS since_try
  FROM ends
  WHERE called IS NOT NULL
    AND NOT relays
    AND :outside
),
calls AS (
  -- The same call may be in the lake twice.
  SELECT srcaddr, dstaddr, dstport, called, max(bytes) AS bytes
  FROM tries
  -- A kernel that gets no answer repeats its SYN for 127 s, from the same port: that is no call of its own.
  WHERE since_try IS NULL
    OR since_try > 127
  GROUP BY srcaddr, dstaddr, dstport, called
),
pauses AS (
  SELECT
    calls.*,
    called - lag(called) OVER (PARTITION BY srcaddr, dstaddr, dstport ORDER BY called) AS pause
  FROM calls
),
rhythms AS (
  SELECT
    srcaddr,
    dstaddr,
    dstport,
    count(*) AS calls,
    avg(pause) AS mean_pause,
    stddev_pop(pause) AS deviation,
    avg(bytes) AS mean_bytes,
    min(called) AS since,
    max(called) AS until
  FROM pauses
  GROUP BY srcaddr, dstaddr, dstport
)
SELECT
  srcaddr,
  dstaddr,
  dstport,
  calls,
  round(mean_pause, 1) AS seconds_between,
  round(deviation / mean_pause, 3) AS spread,
  round(mean_bytes) AS bytes_each,
  :time(since) AS first_seen,
  :time(until) AS last_seen
FROM rhythms
WHERE calls >= :calls
  AND deviation / mean_pause <= :spread
  AND mean_bytes <= :bytes
ORDER BY deviation / mean_pause, srcaddr, dstaddr, dstport
LIMIT :rows
