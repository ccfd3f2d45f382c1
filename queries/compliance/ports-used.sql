-- title: Ports that an interface needs
-- question: Which ports of which interface took connections, from how many addresses inside and outside, and when last? (A rule for another port, or for everybody where all callers are inside, is too wide.)
-- fields: interface-id srcaddr dstaddr srcport dstport protocol bytes start end action
-- parameter: inside = ''; CIDR blocks that are inside, beside private ones, with commas between
-- parameter: rows = 100; how many ports to show
WITH flows AS (
  SELECT
    interface_id,
    :own AS own,
    :arrives AS is_call,
    srcaddr,
    dstport,
    protocol,
    bytes,
    start,
    "end"
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND action = 'ACCEPT'
    AND protocol IN (6, 17)
    AND dstport < srcport
),
seen AS (
  -- Who called what, and a row for each address of an interface.
  SELECT
    interface_id,
    own,
    CASE WHEN is_call THEN srcaddr END AS peer,
    CASE WHEN is_call THEN dstport END AS dstport,
    CASE WHEN is_call THEN protocol END AS protocol,
    sum(bytes) AS bytes,
    count(*) AS flows,
    min(start) AS first_start,
    max("end") AS last_end
  FROM flows
  GROUP BY 1, 2, 3, 4, 5
),
:homes
SELECT
  interface_id,
  protocol,
  dstport,
  count(DISTINCT CASE WHEN :outside THEN NULL ELSE address END) AS callers_inside,
  count(DISTINCT CASE WHEN :outside THEN address END) AS callers_outside,
  min(address) AS one_caller,
  sum(bytes) AS bytes,
  sum(flows) AS flows,
  :time(min(first_start)) AS first_seen,
  :time(max(last_end)) AS last_seen
FROM homes
WHERE address = peer
GROUP BY interface_id, protocol, dstport
ORDER BY interface_id, protocol, dstport
LIMIT :rows
