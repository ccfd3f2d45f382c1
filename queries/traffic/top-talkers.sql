-- title: Top talkers
-- question: Which addresses sent the most bytes, and to how many others?
-- fields: srcaddr dstaddr packets bytes start
-- parameter: rows = 10; how many addresses to show
SELECT
  srcaddr,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  count(*) AS flows,
  count(DISTINCT dstaddr) AS peers
FROM flow_logs
WHERE :window
  AND srcaddr IS NOT NULL
GROUP BY srcaddr
ORDER BY bytes DESC, srcaddr
LIMIT :rows
