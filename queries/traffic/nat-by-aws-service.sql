-- title: NAT traffic by AWS service
-- question: How much do NAT gateways process for which AWS service, and what would a VPC endpoint save? (Without the endpoints' price by the hour.)
-- fields: interface-id interface-type pkt-src-aws-service pkt-dst-aws-service flow-direction bytes start action
-- parameter: price = 0.045; USD for a GB that a NAT gateway processes (us-east-1)
-- parameter: endpoint = 0.01; USD for a GB through an interface endpoint; gateway endpoints, of S3 and DynamoDB, cost nothing
-- parameter: rows = 20; how many services to show
WITH services AS (
  SELECT
    coalesce(pkt_dst_aws_service, pkt_src_aws_service, 'none of AWS') AS service,
    coalesce(:known(resource_id), interface_id) AS gateway,
    sum(CASE WHEN pkt_dst_aws_service IS NOT NULL THEN bytes ELSE 0 END) AS bytes_to,
    sum(CASE WHEN pkt_dst_aws_service IS NULL THEN bytes ELSE 0 END) AS bytes_from,
    sum(bytes) AS bytes,
    count(*) AS flows
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND action = 'ACCEPT'
    AND interface_type IN ('nat_gateway', 'regional_nat_gateway')
    -- Each packet comes in once and goes out once.
    AND flow_direction = 'ingress'
  GROUP BY 1, 2
)
SELECT
  service,
  gateway,
  CASE WHEN service = 'none of AWS' THEN 0 ELSE bytes_to END AS bytes_to,
  CASE WHEN service = 'none of AWS' THEN 0 ELSE bytes_from END AS bytes_from,
  bytes,
  flows,
  round(bytes / 1e9 * :price, 4) AS usd,
  CASE
    WHEN service = 'none of AWS' THEN 0e0
    WHEN service IN ('S3', 'DYNAMODB') THEN round(bytes / 1e9 * :price, 4)
    ELSE round(bytes / 1e9 * (CAST(:price AS double) - :endpoint), 4)
  END AS usd_saved
FROM services
ORDER BY bytes DESC, service, gateway
LIMIT :rows
