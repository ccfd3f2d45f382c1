-- title: IPv4 against IPv6
-- question: How much of the traffic is IPv4, IPv6 or EFA, each packet counted once?
-- fields: type packets bytes start
-- parameter: inside = ''; CIDR blocks that are inside, beside private ones, with commas between
WITH lines AS (
  SELECT
    :minutely
    type,
    bool_or(:forwards) AS forwards,
    sum(bytes) AS bytes,
    sum(packets) AS packets,
    count(*) AS flows
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND type IS NOT NULL
  GROUP BY :keys(1)
),
:marked,
once AS (
  SELECT
    :senders
    type,
    :once(bytes) AS bytes,
    :once(packets) AS packets,
    :once(flows) AS flows
  FROM marked
  GROUP BY :parties(1)
)
SELECT
  type,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  sum(flows) AS flows,
  round(1e2 * sum(bytes) / sum(sum(bytes)) OVER (), 2) AS percent_of_bytes
FROM once
WHERE flows > 0
GROUP BY type
ORDER BY bytes DESC, type
