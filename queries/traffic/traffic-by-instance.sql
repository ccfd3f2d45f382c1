-- title: Traffic by instance
-- question: Which instances carry the traffic, how much each way, and how much of it is rejected?
-- fields: instance-id interface-id flow-direction packets bytes start action
-- parameter: rows = 20; how many instances to show
SELECT
  instance_id,
  sum(CASE WHEN flow_direction = 'egress' THEN bytes ELSE 0 END) AS bytes_sent,
  sum(CASE WHEN flow_direction = 'ingress' THEN bytes ELSE 0 END) AS bytes_received,
  sum(packets) AS packets,
  count(*) AS flows,
  sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected,
  count(DISTINCT interface_id) AS interfaces
FROM flow_logs
WHERE :window
  AND :of_interface
  AND instance_id IS NOT NULL
GROUP BY instance_id
ORDER BY sum(bytes) DESC, instance_id
LIMIT :rows
