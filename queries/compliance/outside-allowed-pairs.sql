-- title: Flows outside the allowed pairs
-- question: Which named networks talk to each other although nobody allowed that pair, each packet counted once?
-- fields: src_network dst_network srcaddr dstaddr dstport bytes start action
-- parameter: allowed = ''; pairs that may talk, each as source>destination, with commas between
-- parameter: rows = 50; how many pairs to show
-- prepared: allowed
WITH lines AS (
  SELECT
    :line
    src_network,
    dst_network,
    dstport,
    bool_or(:forwards) AS forwards,
    count(*) AS flows,
    sum(bytes) AS bytes,
    min(srcaddr) AS one_source,
    min(dstaddr) AS one_destination
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND action = 'ACCEPT'
    AND src_network <> dst_network
    AND strpos(',' || replace(:allowed, ' ', '') || ',', ',' || src_network || '>' || dst_network || ',') = 0
  GROUP BY :keys(3)
),
:marked,
once AS (
  SELECT
    :senders
    src_network,
    dst_network,
    dstport,
    :once(flows) AS flows,
    :once(bytes) AS bytes,
    min(one_source) AS one_source,
    min(one_destination) AS one_destination
  FROM marked
  GROUP BY :parties(3)
)
SELECT
  src_network,
  dst_network,
  dstport,
  sum(flows) AS flows,
  sum(bytes) AS bytes,
  min(one_source) AS one_source,
  min(one_destination) AS one_destination
FROM once
WHERE flows > 0
GROUP BY src_network, dst_network, dstport
ORDER BY flows DESC, src_network, dst_network, dstport
LIMIT :rows
