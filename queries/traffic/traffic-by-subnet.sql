-- title: Traffic by subnet
-- question: Which subnets carry the traffic, and how much of it is rejected?
-- fields: vpc-id subnet-id packets bytes start action
-- parameter: rows = 20; how many subnets to show
SELECT
  vpc_id,
  subnet_id,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  count(*) AS flows,
  sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected
FROM flow_logs
WHERE :window
  AND :of_interface
  AND bytes IS NOT NULL
GROUP BY vpc_id, subnet_id
ORDER BY bytes DESC, vpc_id, subnet_id
LIMIT :rows
