-- title: Peers of one
-- question: Who talks to this instance, interface, subnet or address, about what, and when first and last? (With no target: to anyone.)
-- fields: interface-id subnet-id instance-id srcaddr dstaddr srcport dstport protocol packets bytes start end action flow-direction
-- parameter: target = ''; an instance, network interface or subnet by its id, or an address
-- parameter: rows = 50; how many peers to show
-- prepared: target
SELECT
  interface_id,
  CASE WHEN :leaves THEN dstaddr ELSE srcaddr END AS peer,
  protocol,
  CASE WHEN srcport < dstport THEN srcport ELSE dstport END AS port,
  sum(CASE WHEN :leaves THEN bytes ELSE 0 END) AS bytes_to_it,
  sum(CASE WHEN :leaves THEN 0 ELSE bytes END) AS bytes_from_it,
  sum(packets) AS packets,
  sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected,
  :time(min(start)) AS first_seen,
  :time(max("end")) AS last_seen
FROM flow_logs
WHERE :window
  AND :of_interface
  AND srcaddr IS NOT NULL
  -- The address is the interface's own, not its peer's.
  AND :target IN (
    '',
    interface_id,
    instance_id,
    subnet_id,
    CASE WHEN flow_direction = 'egress' THEN srcaddr ELSE dstaddr END
  )
GROUP BY 1, 2, 3, 4
ORDER BY sum(bytes) DESC, 1, 2, 3, 4
LIMIT :rows
