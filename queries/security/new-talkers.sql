-- title: New talkers
-- question: Which addresses of ours call others of ours on a port that they had not called in the days before?
-- fields: srcaddr dstaddr srcport dstport protocol packets bytes start end action tcp-flags pkt-srcaddr pkt-dstaddr
-- parameter: days = 7; days before the window that show what is usual
-- parameter: packets = 4; packets of a connection that is more than a knock
-- parameter: size = 80; most bytes of a packet that carries nothing, as a knock's
-- parameter: inside = ''; CIDR blocks that are inside, beside private ones, with commas between
-- parameter: rows = 50; how many talkers to show
-- prepared: packets size
WITH flows AS (
  SELECT
    :own AS own,
    CASE WHEN :leaves THEN pkt_dstaddr ELSE pkt_srcaddr END AS peer,
    -- True if the packet is the interface's own, and not one that a NAT gateway passes on.
    CASE
      WHEN :leaves THEN pkt_srcaddr = srcaddr OR :internal(pkt_srcaddr)
      ELSE pkt_dstaddr = dstaddr OR :internal(pkt_dstaddr)
    END AS is_its_own,
    pkt_srcaddr,
    pkt_dstaddr,
    dstport,
    tcp_flags,
    start,
    "end",
    :recent AS is_recent
  FROM flow_logs
  WHERE :history
    AND :of_interface
    AND protocol = 6
    AND action = 'ACCEPT'
    -- A SYN without ACK: whoever sends it opens the connection. Without both, one that was open already.
    AND (
      (tcp_flags % 4 >= 2 AND tcp_flags % 32 < 16)
      OR (tcp_flags IN (0, 1) AND dstport < srcport)
    )
    AND packets >= :packets
    -- A kernel that gets no answer sends its SYN up to seven times.
    AND (packets > 7 OR bytes > :size * packets)
),
seen AS (
  SELECT
    own,
    peer,
    is_its_own,
    pkt_srcaddr,
    pkt_dstaddr,
    dstport,
    min(start) AS since,
    max("end") AS until,
    min(CASE WHEN NOT is_recent THEN start END) AS known_since,
    max(CASE WHEN tcp_flags >= 2 AND is_recent THEN start END) AS last_call
  FROM flows
  GROUP BY 1, 2, 3, 4, 5, 6
),
:homes,
talkers AS (
  SELECT
    pkt_srcaddr,
    dstport,
    min(since) AS since,
    max(until) AS until,
    min(known_since) AS known_since,
    max(last_call) AS last_call,
    count(DISTINCT pkt_dstaddr) AS called,
    min(pkt_dstaddr) AS one_called
  FROM homes
  WHERE is_its_own
    AND address <> own
    AND (is_own OR :internal(address))
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
