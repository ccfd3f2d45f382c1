-- title: Traffic between named networks
-- question: How much goes from which of the named networks to which, each packet counted once?
-- fields: src_network dst_network packets bytes start action
-- parameter: rows = 50; how many pairs of networks to show
WITH lines AS (
  SELECT
    :line
    src_network,
    dst_network,
    bool_or(:forwards) AS forwards,
    sum(bytes) AS bytes,
    sum(packets) AS packets,
    count(*) AS flows,
    sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND bytes IS NOT NULL
  GROUP BY :keys(2)
),
:marked,
once AS (
  SELECT
    :senders
    src_network,
    dst_network,
    :once(bytes) AS bytes,
    :once(packets) AS packets,
    :once(flows) AS flows,
    sum(rejected) AS rejected
  FROM marked
  GROUP BY :parties(2)
)
SELECT
  coalesce(src_network, 'elsewhere') AS source,
  coalesce(dst_network, 'elsewhere') AS destination,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  sum(flows) AS flows,
  sum(rejected) AS rejected
FROM once
GROUP BY src_network, dst_network
HAVING sum(flows) > 0
  OR sum(rejected) > 0
ORDER BY bytes DESC, source, destination
LIMIT :rows
