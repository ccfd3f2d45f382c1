-- title: Tunnels and unusual protocols
-- question: Who uses a protocol that is not usual here, or a port of tunnels (IPsec, OpenVPN, L2TP, PPTP, VXLAN, GENEVE, WireGuard)?
-- fields: interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action
-- parameter: usual = '1,6,17,58'; protocols that are usual, by number, with commas between
-- parameter: ports = '500,1194,1701,1723,4500,4789,6081,51820'; ports of tunnels over TCP and UDP, with commas between
-- parameter: rows = 50; how many pairs to show
-- prepared: usual
SELECT
  interface_id,
  srcaddr,
  dstaddr,
  protocol,
  CASE protocol
    WHEN 2 THEN 'IGMP'
    WHEN 4 THEN 'IPv4 in IP'
    WHEN 6 THEN 'TCP'
    WHEN 17 THEN 'UDP'
    WHEN 41 THEN 'IPv6 in IP'
    WHEN 47 THEN 'GRE'
    WHEN 50 THEN 'ESP'
    WHEN 51 THEN 'AH'
    WHEN 132 THEN 'SCTP'
  END AS name,
  CASE WHEN protocol IN (6, 17) THEN CASE WHEN :among(dstport, ports) THEN dstport ELSE srcport END END AS port,
  sum(packets) AS packets,
  sum(bytes) AS bytes,
  sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected,
  :time(min(start)) AS first_seen,
  :time(max("end")) AS last_seen
FROM flow_logs
WHERE :window
  AND :of_interface
  AND (
    NOT :among(protocol, usual)
    OR (protocol IN (6, 17) AND (:among(dstport, ports) OR :among(srcport, ports)))
  )
GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY bytes DESC, 1, 2, 3, 4, 6
LIMIT :rows
