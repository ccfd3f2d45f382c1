-- title: Blocked by account-wide controls
-- question: What did VPC Block Public Access or encryption controls reject, rather than a security group?
-- fields: interface-id srcaddr dstaddr dstport packets start reject-reason
-- parameter: rows = 50; how many pairs to show
SELECT
  reject_reason,
  interface_id,
  srcaddr,
  dstaddr,
  dstport,
  count(*) AS flows,
  sum(packets) AS packets
FROM flow_logs
WHERE :window
  AND :of_interface
  AND reject_reason IS NOT NULL
GROUP BY reject_reason, interface_id, srcaddr, dstaddr, dstport
ORDER BY flows DESC, reject_reason, interface_id, srcaddr, dstaddr, dstport
LIMIT :rows
