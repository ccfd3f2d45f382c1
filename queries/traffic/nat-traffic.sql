-- title: Traffic through NAT gateways
-- question: Who sends through NAT gateways, to where, and what does the gateway's processing cost?
-- fields: interface-id interface-type pkt-srcaddr pkt-dstaddr flow-direction bytes start action
-- parameter: rows = 20; how many pairs of addresses to show
-- parameter: price = 0.045; USD for a GB processed (us-east-1)
SELECT
  interface_id,
  pkt_srcaddr,
  pkt_dstaddr,
  sum(bytes) AS bytes,
  count(*) AS flows,
  round(sum(bytes) / 1e9 * :price, 4) AS usd
FROM flow_logs
WHERE :window
  AND :of_interface
  AND action = 'ACCEPT'
  AND interface_type IN ('nat_gateway', 'regional_nat_gateway')
  AND flow_direction = 'ingress'
GROUP BY interface_id, pkt_srcaddr, pkt_dstaddr
ORDER BY bytes DESC, interface_id, pkt_srcaddr, pkt_dstaddr
LIMIT :rows
