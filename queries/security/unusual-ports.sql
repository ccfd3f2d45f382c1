-- title: Ports that nothing here answered on before
-- question: On which ports does something answer that nothing had answered on in the days before, and to whom?
-- fields: srcaddr dstaddr srcport dstport protocol bytes start end tcp-flags pkt-srcaddr
-- parameter: days = 7; days before the window that show what is usual
-- parameter: inside = ''; CIDR blocks that are inside, beside private ones, with commas between
-- parameter: rows = 50; how many services to show
WITH services AS (
  SELECT
    pkt_srcaddr,
    srcport,
    min(start) AS since,
    max("end") AS until,
    min(CASE WHEN NOT :recent THEN start END) AS known_since,
    max(CASE WHEN tcp_flags >= 16 AND :recent THEN start END) AS last_answer,
    count(DISTINCT dstaddr) AS clients,
    min(dstaddr) AS one_client,
    max(bytes) AS most_bytes_in_one
  FROM flow_logs
  WHERE :history
    AND :of_interface
    AND protocol = 6
    -- SYN and ACK: whoever sends both was called and answers. Without them, a connection that was open already.
    AND (
      (tcp_flags % 4 >= 2 AND tcp_flags % 32 >= 16)
      OR (tcp_flags IN (0, 1) AND srcport < dstport)
    )
    -- The packet is its sender's own, and not one that a NAT gateway passes on.
    AND ((:leaves AND pkt_srcaddr = srcaddr) OR :internal(pkt_srcaddr))
  GROUP BY pkt_srcaddr, srcport
),
compared AS (
  SELECT
    services.*,
    min(known_since) OVER (PARTITION BY srcport) AS port_known_since,
    min(known_since) OVER () AS past_since
  FROM services
)
SELECT
  pkt_srcaddr AS address,
  srcport AS port,
  clients,
  one_client,
  most_bytes_in_one,
  :time(since) AS first_seen,
  :time(until) AS last_seen
FROM compared
WHERE port_known_since IS NULL
  AND last_answer IS NOT NULL
  -- Without a past everything would be new.
  AND past_since IS NOT NULL
ORDER BY since, pkt_srcaddr, srcport
LIMIT :rows
