-- title: Remote access attempts from outside
-- question: Who from outside tries to log in to what (SSH and RDP, unless other ports are named), and does anyone get through?
-- fields: interface-id srcaddr dstaddr dstport protocol start end action
-- parameter: ports = '22,3389'; ports to log in at, with commas between
-- parameter: inside = ''; CIDR blocks that are inside, beside private ones, with commas between
-- parameter: rows = 10; how many attempts to show
-- prepared: ports
WITH flows AS (
  SELECT
    interface_id,
    :own AS own,
    :forwards AS forwards,
    :arrives AS is_attempt,
    srcaddr,
    dstport,
    action,
    start,
    "end"
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND protocol = 6
    AND :among(dstport, ports)
),
seen AS (
  -- Attempts, and a row for each address of an interface.
  SELECT
    interface_id,
    own,
    CASE WHEN is_attempt THEN srcaddr END AS peer,
    CASE WHEN is_attempt THEN dstport END AS dstport,
    bool_or(forwards) AS forwards,
    sum(CASE WHEN action = 'ACCEPT' THEN 1 ELSE 0 END) AS accepted,
    sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected,
    min(start) AS since,
    max("end") AS until
  FROM flows
  GROUP BY 1, 2, 3, 4
),
:homes,
:ends
SELECT
  address AS srcaddr,
  own AS dstaddr,
  dstport,
  sum(accepted) AS accepted,
  sum(rejected) AS rejected,
  :time(min(since)) AS first_seen,
  :time(max(until)) AS last_seen
FROM ends
WHERE :outside
GROUP BY address, own, dstport
ORDER BY accepted DESC, rejected DESC, srcaddr, dstaddr, dstport
LIMIT :rows
