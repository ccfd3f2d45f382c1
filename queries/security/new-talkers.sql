-- title: New talkers
-- question: Which addresses of ours call others of ours on a port that they had not called in the days before?
-- fields: srcport dstport protocol packets start end action tcp-flags pkt-srcaddr pkt-dstaddr
-- parameter: days = 7; days before the window that show what is usual
-- parameter: packets = 4; packets of a connection that is more than a knock
-- parameter: rows = 50; how many talkers to show
-- prepared: packets
WITH talkers AS (
  SELECT
    pkt_srcaddr,
    dstport,
    min(start) AS since,
    max("end") AS until,
    min(CASE WHEN NOT :recent THEN start END) AS known_since,
    max(CASE WHEN tcp_flags >= 2 AND :recent THEN start END) AS last_call,
    count(DISTINCT pkt_dstaddr) AS called,
    min(pkt_dstaddr) AS one_called
  FROM flow_logs
  WHERE :history
    AND protocol = 6
    AND action = 'ACCEPT'
    -- A SYN without ACK: whoever sends it opens the connection. Without both, one that was open already.
    AND (
      (tcp_flags % 4 >= 2 AND tcp_flags % 32 < 16)
      OR (tcp_flags IN (0, 1) AND dstport < srcport)
    )
    AND packets >= :packets
    AND :internal(pkt_srcaddr)
    AND :internal(pkt_dstaddr)
  GROUP BY pkt_srcaddr, dstport
),
compared AS (
  SELECT talkers.*, min(known_since) OVER () AS past_since
  FROM talkers
)
SELECT
  pkt_srcaddr AS address,
  dstport,
  called,
  one_called,
  :time(since) AS first_seen,
  :time(until) AS last_seen
FROM compared
WHERE known_since IS NULL
  AND last_call IS NOT NULL
  -- Without a past everyone would be new.
  AND past_since IS NOT NULL
ORDER BY since, pkt_srcaddr, dstport
LIMIT :rows
