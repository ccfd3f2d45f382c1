-- title: Calls home at regular intervals
-- question: Who connects to the same address outside again and again, little at a time and as if by the clock?
-- fields: interface-id srcaddr dstaddr dstport protocol bytes start action tcp-flags pkt-dstaddr flow-direction
-- parameter: calls = 20; calls that make a rhythm
-- parameter: spread = 0.3; standard deviation of the pauses, as a share of their mean
-- parameter: bytes = 20000; most bytes that a call sends on average
-- parameter: rows = 50; how many callers to show
-- prepared: calls spread bytes
WITH seen AS (
  -- Calls, and one row for each interface that forwards.
  SELECT
    interface_id,
    flow_direction = 'ingress' AS forwards,
    CASE WHEN flow_direction = 'egress' THEN srcaddr END AS srcaddr,
    CASE WHEN flow_direction = 'egress' THEN dstaddr END AS dstaddr,
    CASE WHEN flow_direction = 'egress' THEN dstport END AS dstport,
    CASE WHEN flow_direction = 'egress' THEN start END AS called,
    max(bytes) AS bytes
  FROM flow_logs
  WHERE :window
    AND (
      (
        flow_direction = 'egress'
        AND protocol = 6
        AND action = 'ACCEPT'
        -- A SYN without ACK: whoever sends it opens the connection.
        AND tcp_flags % 4 >= 2
        AND tcp_flags % 32 < 16
        AND :internal(srcaddr)
        AND NOT :internal(dstaddr)
      )
      -- A NAT gateway takes packets that are for somebody outside. Whoever sent them is shown instead.
      OR (flow_direction = 'ingress' AND dstaddr <> pkt_dstaddr AND NOT :internal(pkt_dstaddr))
    )
  GROUP BY 1, 2, 3, 4, 5, 6
),
interfaces AS (
  SELECT seen.*, bool_or(forwards) OVER (PARTITION BY interface_id) AS is_gateway
  FROM seen
),
calls AS (
  -- The same call is in the lake at both ends, and may arrive twice.
  SELECT srcaddr, dstaddr, dstport, called, max(bytes) AS bytes
  FROM interfaces
  WHERE NOT is_gateway
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
