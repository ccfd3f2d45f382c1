-- title: Rejected connections by source
-- question: Which addresses are turned away most, at how many addresses and ports, and since when?
-- fields: srcaddr dstaddr dstport packets start end action
-- parameter: rows = 20; how many sources to show
SELECT
  srcaddr,
  count(*) AS flows,
  sum(packets) AS packets,
  count(DISTINCT dstaddr) AS addresses,
  count(DISTINCT dstport) AS ports,
  :time(min(start)) AS first_seen,
  :time(max("end")) AS last_seen
FROM (
  SELECT DISTINCT srcaddr, dstaddr, dstport, packets, start, "end"
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND action = 'REJECT'
) AS refused
GROUP BY srcaddr
ORDER BY flows DESC, srcaddr
LIMIT :rows
