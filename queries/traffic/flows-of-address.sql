-- title: Flows of one address
-- question: What did this address do, latest first? (With no address: what did anyone do?)
-- fields: interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action
-- parameter: address = ''; the IPv4 or IPv6 address, as the flow log writes it
-- parameter: rows = 20; how many flows to show
-- prepared: address
SELECT
  :time(start) AS first_packet,
  "end" - start AS seconds,
  interface_id,
  srcaddr,
  srcport,
  dstaddr,
  dstport,
  protocol,
  packets,
  bytes,
  action
FROM flow_logs
WHERE :window
  AND srcaddr IS NOT NULL
  AND :address IN ('', srcaddr, dstaddr)
ORDER BY start DESC, interface_id, srcaddr, dstaddr, srcport, dstport, protocol, action, "end", packets, bytes
LIMIT :rows
