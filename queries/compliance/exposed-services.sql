-- title: Services open to the internet
-- question: Which ports here took connections from outside, and from how many addresses?
-- fields: interface-id srcaddr dstaddr srcport dstport protocol bytes start action
-- parameter: rows = 50; how many services to show
SELECT
  interface_id,
  dstaddr,
  dstport,
  protocol,
  count(DISTINCT srcaddr) AS sources,
  count(*) AS flows,
  sum(bytes) AS bytes
FROM flow_logs
WHERE :window
  AND action = 'ACCEPT'
  AND protocol IN (6, 17)
  AND dstport < srcport
  AND NOT :internal(srcaddr)
  AND :internal(dstaddr)
GROUP BY interface_id, dstaddr, dstport, protocol
ORDER BY sources DESC, interface_id, dstaddr, dstport, protocol
LIMIT :rows
