-- title: Calls home at regular intervals
-- question: Who connects to the same address outside again and again, little at a time and as if by the clock?
-- fields: interface-id srcaddr dstaddr dstport protocol bytes start action tcp-flags pkt-dstaddr flow-direction
-- parameter: calls = 20; calls that make a rhythm
-- parameter: spread = 0.3; standard deviation of the pauses, as a share of their mean
-- parameter: bytes = 20000; most bytes that a call sends on average
-- parameter: rows = 50; how many callers to show
WITH calls AS (
  -- The same call is in the lake at both ends, and may arrive twice.
  SELECT srcaddr, dstaddr, dstport, start, max(bytes) AS bytes
  FROM flow_logs
  WHERE :window
    AND protocol = 6
    AND action = 'ACCEPT'
    AND flow_direction = 'egress'
    -- A SYN without ACK: whoever sends it opens the connection.
    AND tcp_flags % 4 >= 2
    AND tcp_flags % 32 < 16
    AND :internal(srcaddr)
    AND NOT :internal(dstaddr)
    -- A NAT gateway takes packets that are for somebody outside. Whoever sent them is shown instead.
    AND interface_id NOT IN (
      SELECT interface_id
      FROM flow_logs
      WHERE :window
        AND interface_id IS NOT NULL
        AND flow_direction = 'ingress'
        AND dstaddr <> pkt_dstaddr
        AND NOT :internal(pkt_dstaddr)
    )
  GROUP BY srcaddr, dstaddr, dstport, start
),
pauses AS (
  SELECT
    calls.*,
    start - lag(start) OVER (PARTITION BY srcaddr, dstaddr, dstport ORDER BY start) AS pause
  FROM calls
)
SELECT
  srcaddr,
  dstaddr,
  dstport,
  count(*) AS calls,
  round(avg(pause), 1) AS seconds_between,
  round(stddev_pop(pause) / avg(pause), 3) AS spread,
  round(avg(bytes)) AS bytes_each,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen
FROM pauses
GROUP BY srcaddr, dstaddr, dstport
HAVING count(*) >= :calls
  AND stddev_pop(pause) <= :spread * avg(pause)
  AND avg(bytes) <= :bytes
ORDER BY stddev_pop(pause) / avg(pause), srcaddr, dstaddr, dstport
LIMIT :rows
