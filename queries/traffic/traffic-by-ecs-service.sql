-- title: Traffic by ECS service
-- question: Which ECS services carry the traffic, how much each way, and in how many tasks? (A task outside a service has none.)
-- fields: ecs-cluster-name ecs-service-name ecs-task-id flow-direction packets bytes start action
-- parameter: rows = 20; how many services to show
SELECT
  ecs_cluster_name,
  ecs_service_name,
  :known(ecs_cluster_arn) AS ecs_cluster_arn,
  sum(CASE WHEN flow_direction = 'egress' THEN bytes ELSE 0 END) AS bytes_sent,
  sum(CASE WHEN flow_direction = 'ingress' THEN bytes ELSE 0 END) AS bytes_received,
  sum(packets) AS packets,
  count(*) AS flows,
  sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected,
  count(DISTINCT ecs_task_id) AS tasks
FROM flow_logs
WHERE :window
  AND :of_interface
  AND ecs_cluster_name IS NOT NULL
GROUP BY 1, 2, 3
ORDER BY sum(bytes) DESC, 1, 2, 3
LIMIT :rows
