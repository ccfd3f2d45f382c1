-- title: Traffic per minute
-- question: How much traffic was there in each of the latest minutes, each packet counted once?
-- fields: packets bytes start action
-- parameter: inside = ''; CIDR blocks that are inside, beside private ones, with commas between
-- parameter: rows = 15; how many minutes to show, the latest first
WITH lines AS (
  SELECT
    :minutely
    start - start % 60 AS began,
    bool_or(:forwards) AS forwards,
    sum(bytes) AS bytes,
    sum(packets) AS packets,
    count(*) AS flows,
    sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected
  FROM flow_logs
  WHERE :window
    AND :of_interface
  GROUP BY :keys(1)
),
:marked,
once AS (
  SELECT
    :senders
    began,
    :once(bytes) AS bytes,
    :once(packets) AS packets,
    :once(flows) AS flows,
    sum(rejected) AS rejected
  FROM marked
  GROUP BY :parties(1)
)
SELECT
  :time(began) AS minute,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  sum(flows) AS flows,
  sum(rejected) AS rejected
FROM once
GROUP BY began
ORDER BY began DESC
LIMIT :rows
