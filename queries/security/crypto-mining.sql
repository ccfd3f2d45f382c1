-- title: Connections to mining pools
-- question: Who stays connected to the usual port of a mining pool outside?
-- fields: interface-id srcaddr dstaddr srcport dstport protocol bytes start end action pkt-dstaddr flow-direction
-- parameter: least = 10; windows with traffic that make a miner
-- parameter: rows = 50; how many miners to show
SELECT
  srcaddr,
  dstaddr,
  dstport,
  -- The same window may arrive twice.
  count(DISTINCT start) AS windows,
  max(bytes) AS most_bytes_in_one,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max("end")) AS last_seen
FROM flow_logs
WHERE :window
  AND protocol = 6
  AND action = 'ACCEPT'
  AND flow_direction = 'egress'
  AND dstport IN (3032, 3333, 3334, 4444, 5555, 6666, 7777, 8333, 9999, 14433, 14444, 45560, 45700)
  -- An answer of ours may go to such a port of a client's by chance.
  AND srcport >= 10000
  AND :internal(srcaddr)
  AND NOT :internal(dstaddr)
  -- A NAT gateway takes packets that are for somebody outside. Whoever sent them is shown instead.
  AND interface_id NOT IN (
    SELECT interface_id
    FROM flow_logs
    WHERE :window
      AND interface_id IS NOT NULL
      AND flow_direction = 'ingress'
      AND dstaddr <> pkt_dstaddr
      AND NOT :internal(pkt_dstaddr)
  )
GROUP BY srcaddr, dstaddr, dstport
HAVING count(DISTINCT start) >= :least
ORDER BY windows DESC, srcaddr, dstaddr, dstport
LIMIT :rows
