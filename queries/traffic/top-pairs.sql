-- title: Top pairs
-- question: Which addresses exchange the most bytes, and with whom?
-- fields: srcaddr dstaddr packets bytes start
-- parameter: rows = 10; how many pairs to show
SELECT
  srcaddr,
  dstaddr,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  count(*) AS flows
FROM flow_logs
WHERE :window
  AND srcaddr IS NOT NULL
GROUP BY srcaddr, dstaddr
ORDER BY bytes DESC, srcaddr, dstaddr
LIMIT :rows
