-- title: Connections to mining pools
-- question: Who stays connected to the usual port of a mining pool outside?
-- fields: interface-id srcaddr dstaddr srcport dstport protocol bytes start end action pkt-dstaddr flow-direction
-- parameter: least = 10; windows with traffic that make a miner
-- parameter: rows = 50; how many miners to show
-- prepared: least
WITH seen AS (
  -- Windows of connections, and one row for each interface that forwards.
  SELECT
    interface_id,
    flow_direction = 'ingress' AS forwards,
    CASE WHEN flow_direction = 'egress' THEN srcaddr END AS srcaddr,
    CASE WHEN flow_direction = 'egress' THEN dstaddr END AS dstaddr,
    CASE WHEN flow_direction = 'egress' THEN dstport END AS dstport,
    CASE WHEN flow_direction = 'egress' THEN start END AS since,
    max("end") AS until,
    max(bytes) AS bytes
  FROM flow_logs
  WHERE :window
    AND (
      (
        flow_direction = 'egress'
        AND protocol = 6
        AND action = 'ACCEPT'
        AND dstport IN (3032, 3333, 3334, 4444, 5555, 6666, 7777, 8333, 9999, 14433, 14444, 45560, 45700)
        -- An answer of ours may go to such a port of a client's by chance.
        AND srcport >= 10000
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
miners AS (
  SELECT
    srcaddr,
    dstaddr,
    dstport,
    -- The same window may arrive twice.
    count(DISTINCT since) AS windows,
    max(bytes) AS most_bytes_in_one,
    :time(min(since)) AS first_seen,
    :time(max(until)) AS last_seen
  FROM interfaces
  WHERE NOT is_gateway
  GROUP BY srcaddr, dstaddr, dstport
)
SELECT *
FROM miners
WHERE windows >= :least
ORDER BY windows DESC, srcaddr, dstaddr, dstport
LIMIT :rows
