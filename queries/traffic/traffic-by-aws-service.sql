-- title: Traffic by AWS service
-- question: Which AWS services do the workloads talk to, and how much goes each way?
-- fields: pkt-src-aws-service pkt-dst-aws-service bytes start
-- parameter: rows = 20; how many services to show
SELECT
  service,
  sum(CASE WHEN direction = 'to' THEN bytes ELSE 0 END) AS bytes_to,
  sum(CASE WHEN direction = 'from' THEN bytes ELSE 0 END) AS bytes_from,
  count(*) AS flows
FROM (
  SELECT
    coalesce(pkt_dst_aws_service, pkt_src_aws_service) AS service,
    CASE WHEN pkt_dst_aws_service IS NULL THEN 'from' ELSE 'to' END AS direction,
    bytes
  FROM flow_logs
  WHERE :window
    AND (pkt_dst_aws_service IS NOT NULL OR pkt_src_aws_service IS NOT NULL)
) AS talks
GROUP BY service
ORDER BY bytes_to DESC, service
LIMIT :rows
