-- title: Ports that an interface needs
-- question: Which ports of which interface took connections, from how many addresses inside and outside, and when last? (A rule for another port, or for everybody where all callers are inside, is too wide.)
-- fields: interface-id srcaddr dstaddr srcport dstport protocol bytes start end action
-- parameter: inside = ''; CIDR blocks that are inside, beside private ones, with commas between
-- parameter: rows = 100; how many ports to show
SELECT
  interface_id,
  protocol,
  dstport,
  count(DISTINCT CASE WHEN :internal(srcaddr) THEN srcaddr END) AS callers_inside,
  count(DISTINCT CASE WHEN NOT :internal(srcaddr) THEN srcaddr END) AS callers_outside,
  min(srcaddr) AS one_caller,
  sum(bytes) AS bytes,
  count(*) AS flows,
  :time(min(start)) AS first_seen,
  :time(max("end")) AS last_seen
FROM flow_logs
WHERE :window
  AND :of_interface
  AND action = 'ACCEPT'
  AND protocol IN (6, 17)
  AND dstport < srcport
  AND :arrives
GROUP BY interface_id, protocol, dstport
ORDER BY interface_id, protocol, dstport
LIMIT :rows
