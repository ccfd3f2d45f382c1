-- title: Rows that arrived twice
-- question: Which flows are in the lake more than once, as delivery is at least once?
-- fields: interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action
-- parameter: rows = 20; how many flows to show
SELECT
  interface_id,
  srcaddr,
  srcport,
  dstaddr,
  dstport,
  protocol,
  :time(start) AS first_packet,
  count(*) AS times,
  sum(bytes) - max(bytes) AS bytes_too_many
FROM flow_logs
WHERE :window
  AND srcaddr IS NOT NULL
GROUP BY interface_id, srcaddr, srcport, dstaddr, dstport, protocol, start, "end", action, packets
HAVING count(*) > 1
ORDER BY times DESC, bytes_too_many DESC, interface_id, srcaddr, srcport, dstaddr, dstport, protocol, start
LIMIT :rows
