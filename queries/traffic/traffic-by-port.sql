-- title: Traffic by service port
-- question: Which services carry the traffic, by the port that is not a client's, each packet counted once?
-- fields: srcaddr dstaddr srcport dstport protocol packets bytes start action
-- parameter: rows = 20; how many ports to show
WITH lines AS (
  SELECT
    :line
    CASE WHEN srcport < dstport THEN srcport ELSE dstport END AS port,
    protocol,
    CASE WHEN srcport < dstport THEN :sender ELSE :receiver END AS server,
    bool_or(:forwards) AS forwards,
    sum(bytes) AS bytes,
    sum(packets) AS packets,
    count(*) AS flows
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND action = 'ACCEPT'
    AND protocol IN (6, 17)
  GROUP BY :keys(3)
),
:marked,
once AS (
  SELECT
    :senders
    port,
    protocol,
    server,
    :once(bytes) AS bytes,
    :once(packets) AS packets,
    :once(flows) AS flows
  FROM marked
  GROUP BY :parties(3)
)
SELECT
  port,
  protocol,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  sum(flows) AS flows,
  count(DISTINCT server) AS servers
FROM once
WHERE flows > 0
GROUP BY port, protocol
ORDER BY bytes DESC, port, protocol
LIMIT :rows
