-- title: Traffic between named networks
-- question: How much goes from which of the named networks to which?
-- fields: src_network dst_network packets bytes start action
-- parameter: rows = 50; how many pairs of networks to show
SELECT
  coalesce(src_network, 'elsewhere') AS source,
  coalesce(dst_network, 'elsewhere') AS destination,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  count(*) AS flows,
  sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected
FROM flow_logs
WHERE :window
  AND bytes IS NOT NULL
GROUP BY src_network, dst_network
ORDER BY bytes DESC, source, destination
LIMIT :rows
