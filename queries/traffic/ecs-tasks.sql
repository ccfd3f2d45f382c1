-- title: ECS tasks and their traffic
-- question: Which ECS tasks had traffic, of which definition, where, and when first and last?
-- fields: ecs-task-id ecs-task-definition-arn interface-id bytes start end
-- parameter: rows = 50; how many tasks to show
SELECT
  ecs_task_id,
  ecs_task_definition_arn,
  interface_id,
  :known(ecs_task_arn) AS ecs_task_arn,
  :known(ecs_container_id) AS ecs_container_id,
  :known(ecs_second_container_id) AS ecs_second_container_id,
  :known(ecs_container_instance_id) AS ecs_container_instance_id,
  :known(ecs_container_instance_arn) AS ecs_container_instance_arn,
  sum(bytes) AS bytes,
  count(*) AS flows,
  :time(min(start)) AS first_seen,
  :time(max("end")) AS last_seen
FROM flow_logs
WHERE :window
  AND :of_interface
  AND ecs_task_id IS NOT NULL
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
ORDER BY bytes DESC, 1, 2, 3, 4, 5, 6, 7, 8
LIMIT :rows
