-- title: Top talkers
-- question: Which addresses sent the most bytes, each packet counted once, and to how many others? (A NAT gateway is shown too, with what it passes on.)
-- fields: srcaddr dstaddr packets bytes start
-- parameter: rows = 10; how many addresses to show
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
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  sum(flows) AS flows,
  count(*) AS peers
FROM once
WHERE flows > 0
GROUP BY srcaddr
ORDER BY bytes DESC, srcaddr
LIMIT :rows
