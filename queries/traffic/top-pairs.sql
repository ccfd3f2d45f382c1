-- title: Top pairs
-- question: Which addresses send the most bytes, and to whom, each packet counted once? (A NAT gateway is shown too, with what it passes on.)
-- fields: srcaddr dstaddr packets bytes start
-- parameter: rows = 10; how many pairs to show
WITH lines AS (
  SELECT
    :line
    :sender AS srcaddr,
    :receiver AS dstaddr,
    bool_or(:forwards) AS forwards,
    sum(bytes) AS bytes,
    sum(packets) AS packets,
    count(*) AS flows
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND srcaddr IS NOT NULL
  GROUP BY :keys(2)
),
:marked,
once AS (
  SELECT
    :senders
    srcaddr,
    dstaddr,
    :sent(bytes) AS bytes,
    :sent(packets) AS packets,
    :sent(flows) AS flows
  FROM marked
  GROUP BY :parties(2)
)
SELECT
  srcaddr,
  dstaddr,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  sum(flows) AS flows
FROM once
WHERE flows > 0
GROUP BY srcaddr, dstaddr
ORDER BY bytes DESC, srcaddr, dstaddr
LIMIT :rows
