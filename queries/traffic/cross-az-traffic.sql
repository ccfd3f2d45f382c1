-- title: Traffic between Availability Zones
-- question: Which interfaces send across zones, how much, and what does that cost?
-- fields: interface-id az-id next-hop-interface-id next-hop-az-id flow-direction bytes start action
-- parameter: rows = 20; how many pairs of interfaces to show
-- parameter: price = 0.02; USD for a GB: both sides pay 0.01
SELECT
  az_id,
  next_hop_az_id,
  interface_id,
  next_hop_interface_id,
  sum(bytes) AS bytes,
  count(*) AS flows,
  round(sum(bytes) / 1e9 * :price, 4) AS usd
FROM flow_logs
WHERE :window
  AND :of_interface
  AND action = 'ACCEPT'
  AND flow_direction = 'egress'
  AND az_id <> next_hop_az_id
GROUP BY az_id, next_hop_az_id, interface_id, next_hop_interface_id
ORDER BY bytes DESC, az_id, next_hop_az_id, interface_id, next_hop_interface_id
LIMIT :rows
