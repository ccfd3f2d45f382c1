-- title: Traffic by service port
-- question: Which services carry the traffic, by the port that is not a client's?
-- fields: srcaddr dstaddr srcport dstport protocol packets bytes start action
-- parameter: rows = 20; how many ports to show
SELECT
  CASE WHEN srcport < dstport THEN srcport ELSE dstport END AS port,
  protocol,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  count(*) AS flows,
  count(DISTINCT CASE WHEN srcport < dstport THEN srcaddr ELSE dstaddr END) AS servers
FROM flow_logs
WHERE :window
  AND action = 'ACCEPT'
  AND protocol IN (6, 17)
GROUP BY 1, protocol
ORDER BY bytes DESC, port, protocol
LIMIT :rows
