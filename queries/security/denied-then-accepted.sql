-- title: Denied, then accepted
-- question: Who was turned away several times and then let in at the same port, as if someone had opened it?
-- fields: srcaddr dstaddr dstport protocol bytes start end action tcp-flags flow-direction
-- parameter: denials = 3; times turned away before
-- parameter: rows = 50; how many to show
-- prepared: denials
WITH knocks AS (
  -- What the receiving interface saw: to the sender's, everything that left was accepted.
  SELECT DISTINCT srcaddr, dstaddr, dstport, action, bytes, start, "end"
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND protocol = 6
    AND flow_direction = 'ingress'
    AND tcp_flags % 4 >= 2
    AND tcp_flags % 32 < 16
),
openings AS (
  SELECT
    knocks.*,
    min(CASE WHEN action = 'ACCEPT' THEN start END)
      OVER (PARTITION BY srcaddr, dstaddr, dstport) AS opened
  FROM knocks
),
doors AS (
  SELECT
    srcaddr,
    dstaddr,
    dstport,
    count(DISTINCT CASE WHEN action = 'REJECT' THEN start END) AS denials,
    :time(min(CASE WHEN action = 'REJECT' THEN start END)) AS first_denied,
    :time(max(CASE WHEN action = 'REJECT' THEN start END)) AS last_denied,
    :time(min(opened)) AS first_accepted,
    :time(max(CASE WHEN action = 'ACCEPT' THEN "end" END)) AS last_accepted,
    sum(CASE WHEN action = 'ACCEPT' THEN bytes END) AS bytes_as_they_opened
  FROM openings
  -- Nothing is before an opening that there was not.
  WHERE action = 'ACCEPT'
    OR start < opened
  GROUP BY srcaddr, dstaddr, dstport
)
SELECT *
FROM doors
WHERE denials >= :denials
ORDER BY denials DESC, srcaddr, dstaddr, dstport
LIMIT :rows
