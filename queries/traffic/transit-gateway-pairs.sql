-- title: Transit gateway pairs
-- question: Between which VPCs does how much go through the transit gateways?
-- fields: tgw-id tgw-attachment-id tgw-pair-attachment-id tgw-src-vpc-id tgw-dst-vpc-id packets bytes start
-- parameter: rows = 50; how many pairs to show
SELECT
  tgw_id,
  tgw_src_vpc_id,
  tgw_dst_vpc_id,
  tgw_attachment_id,
  tgw_pair_attachment_id,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  count(*) AS flows
FROM flow_logs
WHERE :window
  AND tgw_id IS NOT NULL
GROUP BY 1, 2, 3, 4, 5
ORDER BY bytes DESC, 1, 2, 3, 4, 5
LIMIT :rows
