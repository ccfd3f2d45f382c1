-- title: Rejected connections by port
-- question: Which ports do security groups and network ACLs turn away, and how many sources knock there?
-- fields: srcaddr dstport protocol packets action start
-- parameter: rows = 10; how many ports to show
SELECT
  dstport,
  protocol,
  count(*) AS flows,
  sum(packets) AS packets,
  count(DISTINCT srcaddr) AS sources
FROM flow_logs
WHERE :window
  AND :of_interface
  AND action = 'REJECT'
GROUP BY dstport, protocol
ORDER BY flows DESC, dstport, protocol
LIMIT :rows
