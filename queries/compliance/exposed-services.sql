-- title: Services open to the internet
-- question: Which ports here took connections from outside, and from how many addresses?
-- fields: interface-id srcaddr dstaddr srcport dstport protocol bytes start action
-- parameter: inside = ''; CIDR blocks that are inside, beside private ones, with commas between
-- parameter: rows = 50; how many services to show
WITH flows AS (
  SELECT
    interface_id,
    :own AS own,
    :forwards AS forwards,
    :arrives AS is_call,
    srcaddr,
    dstport,
    protocol,
    bytes
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
    bool_or(forwards) AS forwards,
    sum(bytes) AS bytes,
    count(*) AS flows
  FROM flows
  GROUP BY 1, 2, 3, 4, 5
),
:homes,
:ends
SELECT
  interface_id,
  own AS dstaddr,
  dstport,
  protocol,
  count(DISTINCT address) AS sources,
  sum(flows) AS flows,
  sum(bytes) AS bytes
FROM ends
WHERE NOT relays
  AND :outside
GROUP BY interface_id, own, dstport, protocol
ORDER BY sources DESC, interface_id, dstaddr, dstport, protocol
LIMIT :rows
