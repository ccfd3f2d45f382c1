-- title: Traffic by Auto Scaling group tag
-- question: Which values of the Auto Scaling group tags carry the traffic, and how much each way?
-- fields: asg-tag interface-id flow-direction packets bytes start action
-- parameter: rows = 20; how many values to show
SELECT
  asg_tag,
  :known(asg_tag_2) AS asg_tag_2,
  sum(CASE WHEN flow_direction = 'egress' THEN bytes ELSE 0 END) AS bytes_sent,
  sum(CASE WHEN flow_direction = 'ingress' THEN bytes ELSE 0 END) AS bytes_received,
  sum(packets) AS packets,
  count(*) AS flows,
  sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected,
  count(DISTINCT interface_id) AS interfaces
FROM flow_logs
WHERE :window
  AND :of_interface
  AND bytes IS NOT NULL
GROUP BY 1, 2
ORDER BY sum(bytes) DESC, 1, 2
LIMIT :rows
