-- title: Passwords guessed
-- question: Who opens one short connection after another to log in (SSH and RDP, unless other ports are named), and did a longer one follow?
-- fields: srcaddr dstaddr srcport dstport protocol packets bytes start end action tcp-flags
-- parameter: attempts = 20; short connections that make an attack
-- parameter: ports = '22,3389'; ports to log in at, with commas between
-- parameter: packets = 40; most packets of a connection that is short
-- parameter: rows = 50; how many attacks to show
-- prepared: attempts ports
WITH logins AS (
  SELECT
    srcaddr,
    dstaddr,
    dstport,
    -- The same connection is in the lake at both ends, and may arrive twice.
    srcport * 10000000000 + start AS connection,
    bytes,
    start,
    "end",
    -- Opened by a SYN and closed by FIN or RST within one window.
    CASE
      WHEN tcp_flags % 4 >= 2 AND (tcp_flags % 2 = 1 OR tcp_flags % 8 >= 4) AND packets <= :packets THEN 1
      ELSE 0
    END AS is_short
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND protocol = 6
    AND action = 'ACCEPT'
    AND :among(dstport, ports)
),
guesses AS (
  SELECT
    srcaddr,
    dstaddr,
    dstport,
    count(DISTINCT CASE WHEN is_short = 1 THEN connection END) AS attempts,
    count(DISTINCT CASE WHEN is_short = 0 THEN connection END) AS longer_windows,
    max(CASE WHEN is_short = 0 THEN bytes END) AS most_bytes_in_one,
    :time(min(start)) AS first_seen,
    :time(max("end")) AS last_seen
  FROM logins
  GROUP BY srcaddr, dstaddr, dstport
)
SELECT *
FROM guesses
WHERE attempts >= :attempts
ORDER BY attempts DESC, srcaddr, dstaddr, dstport
LIMIT :rows
