-- title: Connections to mining pools
-- question: Who stays connected to the usual port of a mining pool outside?
-- fields: interface-id srcaddr dstaddr srcport dstport protocol bytes start end action pkt-dstaddr flow-direction
-- parameter: least = 10; windows with traffic that make a miner
-- parameter: ports = '3032,3333,3334,4444,5555,6666,7777,8333,9999,14433,14444,45560,45700'; ports of mining pools, with commas between
-- parameter: clients = 10000; lowest port of a client, since an answer of ours may go to a pool's port by chance
-- parameter: inside = ''; CIDR blocks that are inside, beside private ones, with commas between
-- parameter: rows = 50; how many miners to show
-- prepared: least ports clients
WITH flows AS (
  SELECT
    interface_id,
    :own AS own,
    flow_direction = 'egress' AND action = 'ACCEPT' AS is_call,
    :forwards AS forwards,
    srcaddr,
    dstaddr,
    dstport,
    start,
    "end",
    bytes
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND protocol = 6
    AND srcport >= :clients
    AND :among(dstport, ports)
),
seen AS (
  -- Windows of connections, and a row for each address of an interface and for each host that a NAT gateway forwards for.
  SELECT
    interface_id,
    own,
    CASE WHEN is_call THEN dstaddr WHEN forwards THEN srcaddr END AS peer,
    CASE WHEN is_call THEN dstport END AS dstport,
    CASE WHEN is_call THEN start END AS since,
    bool_or(forwards) AS forwards,
    max("end") AS until,
    max(bytes) AS bytes
  FROM flows
  GROUP BY 1, 2, 3, 4, 5
),
:homes,
:ends,
miners AS (
  SELECT
    own AS srcaddr,
    address AS dstaddr,
    dstport,
    -- The same window may arrive twice.
    count(DISTINCT since) AS windows,
    max(bytes) AS most_bytes_in_one,
    :time(min(since)) AS first_seen,
    :time(max(until)) AS last_seen
  FROM ends
  WHERE since IS NOT NULL
    AND NOT relays
    AND :outside
  GROUP BY own, address, dstport
)
SELECT *
FROM miners
WHERE windows >= :least
ORDER BY windows DESC, srcaddr, dstaddr, dstport
LIMIT :rows
