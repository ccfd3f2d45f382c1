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
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max("end")) AS last_seen
FROM flow_logs
WHERE :window
  AND protocol = 6
  AND dstport IN (22, 3389)
  AND NOT regexp_like(srcaddr, '^(10[.]|192[.]168[.]|172[.](1[6-9]|2[0-9]|3[01])[.]|100[.](6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])[.]|169[.]254[.]|127[.]|f[cd]|fe80:|::1$)')
GROUP BY srcaddr, dstaddr, dstport
ORDER BY accepted DESC, rejected DESC, srcaddr, dstaddr, dstport
LIMIT :rows
