-- title: One port on many addresses
-- question: Who knocks at the same port of many addresses, without an answer?
-- fields: srcaddr dstaddr dstport protocol packets start end action tcp-flags
-- parameter: targets = 10; addresses that make a scan
-- parameter: rows = 50; how many scans to show
-- prepared: targets
WITH knocks AS (
  SELECT
    srcaddr,
    dstport,
    protocol,
    count(DISTINCT dstaddr) AS targets,
    count(DISTINCT CASE WHEN action = 'REJECT' THEN dstaddr END) AS targets_that_reject,
    min(dstaddr) AS one_target,
    :time(min(start)) AS first_seen,
    :time(max("end")) AS last_seen
  FROM flow_logs
  WHERE :window
    AND (
      -- A SYN without ACK: whoever sends it opens the connection. So few packets never carried anything.
      (protocol = 6 AND tcp_flags % 4 >= 2 AND tcp_flags % 32 < 16 AND (action = 'REJECT' OR packets <= 3))
      OR (protocol = 17 AND action = 'REJECT')
    )
  GROUP BY srcaddr, dstport, protocol
)
SELECT *
FROM knocks
WHERE targets >= :targets
ORDER BY targets DESC, srcaddr, dstport, protocol
LIMIT :rows
