-- title: Many ports on one address
-- question: Who knocks at many ports of the same address, without an answer?
-- fields: srcaddr dstaddr dstport protocol packets start end action tcp-flags
-- parameter: ports = 20; ports that make a scan
-- parameter: rows = 50; how many scans to show
-- prepared: ports
WITH knocks AS (
  SELECT
    srcaddr,
    dstaddr,
    protocol,
    count(DISTINCT dstport) AS ports,
    min(dstport) AS lowest_port,
    max(dstport) AS highest_port,
    :time(min(start)) AS first_seen,
    :time(max("end")) AS last_seen
  FROM flow_logs
  WHERE :window
    AND (
      -- A SYN without ACK: whoever sends it opens the connection. So few packets never carried anything.
      (protocol = 6 AND tcp_flags % 4 >= 2 AND tcp_flags % 32 < 16 AND (action = 'REJECT' OR packets <= 3))
      OR (protocol = 17 AND action = 'REJECT')
    )
  GROUP BY srcaddr, dstaddr, protocol
)
SELECT *
FROM knocks
WHERE ports >= :ports
ORDER BY ports DESC, srcaddr, dstaddr, protocol
LIMIT :rows
