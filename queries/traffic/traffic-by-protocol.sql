-- title: Traffic by protocol
-- question: What share of the traffic is TCP, UDP, ICMP, or something else?
-- fields: protocol packets bytes start
-- parameter: rows = 20; how many protocols to show
SELECT
  protocol,
  CASE protocol
    WHEN 1 THEN 'ICMP'
    WHEN 6 THEN 'TCP'
    WHEN 17 THEN 'UDP'
    WHEN 41 THEN 'IPv6'
    WHEN 47 THEN 'GRE'
    WHEN 50 THEN 'ESP'
    WHEN 51 THEN 'AH'
    WHEN 58 THEN 'ICMPv6'
    WHEN 132 THEN 'SCTP'
  END AS name,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  count(*) AS flows,
  round(1e2 * sum(bytes) / sum(sum(bytes)) OVER (), 2) AS percent_of_bytes
FROM flow_logs
WHERE :window
  AND protocol IS NOT NULL
GROUP BY protocol
ORDER BY bytes DESC, protocol
LIMIT :rows
