-- title: Flows outside the allowed pairs
-- question: Which named networks talk to each other although nobody allowed that pair?
-- fields: src_network dst_network srcaddr dstaddr dstport bytes start action
-- parameter: allowed = ''; pairs that may talk, each as source>destination, with commas between
-- parameter: rows = 50; how many pairs to show
-- prepared: allowed
SELECT
  src_network,
  dst_network,
  dstport,
  count(*) AS flows,
  sum(bytes) AS bytes,
  min(srcaddr) AS one_source,
  min(dstaddr) AS one_destination
FROM flow_logs
WHERE :window
  AND action = 'ACCEPT'
  AND src_network <> dst_network
  AND strpos(',' || replace(:allowed, ' ', '') || ',', ',' || src_network || '>' || dst_network || ',') = 0
GROUP BY src_network, dst_network, dstport
ORDER BY flows DESC, src_network, dst_network, dstport
LIMIT :rows
