-- title: SSH and RDP attempts from outside
-- question: Who from outside the private address ranges tries to log in to what, and does anyone get through?
-- fields: srcaddr dstaddr dstport protocol start end action
-- parameter: rows = 10; how many attempts to show
SELECT
  srcaddr,
  dstaddr,
  dstport,
  sum(CASE WHEN action = 'ACCEPT' THEN 1 ELSE 0 END) AS accepted,
  sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected,
  :time(min(start)) AS first_seen,
  :time(max("end")) AS last_seen
FROM flow_logs
WHERE :window
  AND protocol = 6
  AND dstport IN (22, 3389)
  AND NOT :internal(srcaddr)
GROUP BY srcaddr, dstaddr, dstport
ORDER BY accepted DESC, rejected DESC, srcaddr, dstaddr, dstport
LIMIT :rows
