-- title: Denied, then accepted
-- question: Who was turned away several times and then let in at the same port, as if someone had opened it?
-- fields: srcaddr dstaddr dstport protocol bytes start end action tcp-flags flow-direction
-- parameter: denials = 3; times turned away before
-- parameter: rows = 50; how many to show
WITH knocks AS (
  -- What the receiving interface saw: to the sender's, everything that left was accepted.
  SELECT DISTINCT srcaddr, dstaddr, dstport, action, bytes, start, "end"
  FROM flow_logs
  WHERE :window
    AND protocol = 6
    AND flow_direction = 'ingress'
    AND tcp_flags % 4 >= 2
    AND tcp_flags % 32 < 16
),
accepted AS (
  SELECT srcaddr, dstaddr, dstport, min(start) AS since, max("end") AS until, sum(bytes) AS bytes
  FROM knocks
  WHERE action = 'ACCEPT'
  GROUP BY srcaddr, dstaddr, dstport
)
SELECT
  denied.srcaddr,
  denied.dstaddr,
  denied.dstport,
  count(DISTINCT denied.start) AS denials,
  from_unixtime(min(denied.start)) AS first_denied,
  from_unixtime(max(denied.start)) AS last_denied,
  from_unixtime(min(accepted.since)) AS first_accepted,
  from_unixtime(max(accepted.until)) AS last_accepted,
  max(accepted.bytes) AS bytes_as_they_opened
FROM knocks AS denied
JOIN accepted
  ON accepted.srcaddr = denied.srcaddr
  AND accepted.dstaddr = denied.dstaddr
  AND accepted.dstport = denied.dstport
WHERE denied.action = 'REJECT'
  AND denied.start < accepted.since
GROUP BY denied.srcaddr, denied.dstaddr, denied.dstport
HAVING count(DISTINCT denied.start) >= :denials
ORDER BY denials DESC, denied.srcaddr, denied.dstaddr, denied.dstport
LIMIT :rows
