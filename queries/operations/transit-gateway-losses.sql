-- title: Packets that transit gateways lost
-- question: Which flows lost packets in a transit gateway, and why: no route, a blackhole, too large, or too many hops?
-- fields: tgw-id tgw-attachment-id srcaddr dstaddr packets packets-lost-no-route packets-lost-blackhole packets-lost-mtu-exceeded packets-lost-ttl-expired start end
-- parameter: rows = 50; how many pairs of addresses to show
SELECT
  tgw_id,
  tgw_attachment_id,
  srcaddr,
  dstaddr,
  sum(packets_lost_no_route) AS no_route,
  sum(packets_lost_blackhole) AS blackhole,
  sum(packets_lost_mtu_exceeded) AS mtu_exceeded,
  sum(packets_lost_ttl_expired) AS ttl_expired,
  sum(packets) AS packets,
  :time(min(start)) AS first_seen,
  :time(max("end")) AS last_seen
FROM flow_logs
WHERE :window
  AND coalesce(packets_lost_no_route, 0) + coalesce(packets_lost_blackhole, 0)
    + coalesce(packets_lost_mtu_exceeded, 0) + coalesce(packets_lost_ttl_expired, 0) > 0
GROUP BY 1, 2, 3, 4
ORDER BY packets DESC, 1, 2, 3, 4
LIMIT :rows
