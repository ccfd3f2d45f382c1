-- title: Traffic by AWS service
-- question: Which AWS services do the workloads talk to, and how much goes each way, each packet counted once?
-- fields: pkt-src-aws-service pkt-dst-aws-service bytes start
-- parameter: rows = 20; how many services to show
WITH lines AS (
  SELECT
    :line
    coalesce(pkt_dst_aws_service, pkt_src_aws_service) AS service,
    pkt_dst_aws_service IS NULL AS comes_from_it,
    bool_or(:forwards) AS forwards,
    sum(bytes) AS bytes,
    count(*) AS flows
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND (pkt_dst_aws_service IS NOT NULL OR pkt_src_aws_service IS NOT NULL)
  GROUP BY :keys(2)
),
:marked,
once AS (
  SELECT
    :senders
    service,
    comes_from_it,
    :once(bytes) AS bytes,
    :once(flows) AS flows
  FROM marked
  GROUP BY :parties(2)
)
SELECT
  service,
  sum(CASE WHEN comes_from_it THEN 0 ELSE bytes END) AS bytes_to,
  sum(CASE WHEN comes_from_it THEN bytes ELSE 0 END) AS bytes_from,
  sum(flows) AS flows
FROM once
WHERE flows > 0
GROUP BY service
ORDER BY bytes_to DESC, service
LIMIT :rows
