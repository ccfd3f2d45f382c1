-- title: DNS to other resolvers
-- question: Who asks resolvers that are not in the list? (What goes to the VPC's own resolver is in no flow log.)
-- fields: interface-id srcaddr dstaddr dstport protocol packets bytes start end action
-- parameter: resolvers = ''; addresses that may be asked, with commas between
-- parameter: ports = '53,853'; ports of DNS, and of DNS over TLS
-- parameter: inside = ''; CIDR blocks that are inside, beside private ones, with commas between
-- parameter: rows = 50; how many pairs to show
-- prepared: resolvers ports
SELECT
  interface_id,
  srcaddr,
  dstaddr,
  dstport,
  :internal(dstaddr) AS is_inside,
  sum(packets) AS packets,
  sum(bytes) AS bytes,
  sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected,
  :time(min(start)) AS first_seen,
  :time(max("end")) AS last_seen
FROM flow_logs
WHERE :window
  AND :of_interface
  AND protocol IN (6, 17)
  AND :among(dstport, ports)
  AND :leaves
  AND strpos(',' || replace(:resolvers, ' ', '') || ',', ',' || dstaddr || ',') = 0
GROUP BY 1, 2, 3, 4, 5
ORDER BY packets DESC, 1, 2, 3, 4
LIMIT :rows
