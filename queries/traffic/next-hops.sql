-- title: Next hops
-- question: Through which interfaces, of which VPC, subnet and type, does what is sent go next?
-- fields: vpc-id next-hop-interface-id next-hop-interface-type next-hop-subnet-id next-hop-vpc-id flow-direction traffic-path packets bytes start action
-- parameter: rows = 50; how many next hops to show
SELECT
  vpc_id,
  next_hop_vpc_id,
  next_hop_subnet_id,
  next_hop_interface_id,
  next_hop_interface_type,
  traffic_path,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  count(*) AS flows
FROM flow_logs
WHERE :window
  AND :of_interface
  AND action = 'ACCEPT'
  AND flow_direction = 'egress'
GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY bytes DESC, 1, 2, 3, 4, 5, 6
LIMIT :rows
