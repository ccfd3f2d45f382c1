-- title: Traffic per hour, by action
-- question: How much was accepted and how much rejected in each of the latest hours, each packet counted once?
-- fields: packets bytes start action
-- parameter: inside = ''; CIDR blocks that are inside, beside private ones, with commas between
-- parameter: rows = 48; how many hours to show, the latest first
WITH lines AS (
  SELECT
    :minutely
    start - start % 3600 AS began,
    action,
    bool_or(:forwards) AS forwards,
    sum(bytes) AS bytes,
    sum(packets) AS packets,
    count(*) AS flows
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND action IS NOT NULL
  GROUP BY :keys(2)
),
:marked,
once AS (
  SELECT
    :senders
    began,
    action,
    :once(bytes) AS bytes,
    :once(packets) AS packets,
    :once(flows) AS flows
  FROM marked
  GROUP BY :parties(2)
)
SELECT
  :time(began) AS hour,
  sum(CASE WHEN action = 'ACCEPT' THEN bytes ELSE 0 END) AS accepted_bytes,
  sum(CASE WHEN action = 'ACCEPT' THEN flows ELSE 0 END) AS accepted_flows,
  sum(CASE WHEN action = 'REJECT' THEN bytes ELSE 0 END) AS rejected_bytes,
  sum(CASE WHEN action = 'REJECT' THEN packets ELSE 0 END) AS rejected_packets,
  sum(CASE WHEN action = 'REJECT' THEN flows ELSE 0 END) AS rejected_flows,
  round(1e2 * sum(CASE WHEN action = 'REJECT' THEN flows ELSE 0 END) / sum(flows), 2) AS percent_rejected
FROM once
WHERE flows > 0
GROUP BY began
ORDER BY began DESC
LIMIT :rows
