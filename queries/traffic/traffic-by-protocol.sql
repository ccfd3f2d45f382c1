-- title: Traffic by protocol
-- question: What share of the traffic is TCP, UDP, ICMP, or something else, each packet counted once?
-- fields: protocol packets bytes start
-- parameter: inside = ''; CIDR blocks that are inside, beside private ones, with commas between
-- parameter: rows = 20; how many protocols to show
WITH lines AS (
  SELECT
    :minutely
    protocol,
    bool_or(:forwards) AS forwards,
    sum(bytes) AS bytes,
    sum(packets) AS packets,
    count(*) AS flows
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND protocol IS NOT NULL
  GROUP BY :keys(1)
),
:marked,
once AS (
  SELECT
    :senders
    protocol,
    :once(bytes) AS bytes,
    :once(packets) AS packets,
    :once(flows) AS flows
  FROM marked
  GROUP BY :parties(1)
)
SELECT
  protocol,
  CASE protocol
    WHEN 1 THEN 'ICMP'
    WHEN 6 THEN 'TCP'
    WHEN 17 THEN 'UDP'
    WHEN 41 THEN 'IPv6'
    WHEN 47 THEN 'GRE'
    WHEN 50 THEN 'ESP'
    WHEN 51 THEN 'AH'
    WHEN 58 THEN 'ICMPv6'
    WHEN 132 THEN 'SCTP'
  END AS name,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  sum(flows) AS flows,
  round(1e2 * sum(bytes) / sum(sum(bytes)) OVER (), 2) AS percent_of_bytes
FROM once
WHERE flows > 0
GROUP BY protocol
ORDER BY bytes DESC, protocol
LIMIT :rows
