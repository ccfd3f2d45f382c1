-- title: Internet egress by destination
-- question: Which addresses outside get the most bytes from here, from whom, and what does that cost? (What a NAT gateway passes on counts for the host that sent it.)
-- fields: interface-id srcaddr dstaddr dstport bytes start action
-- parameter: inside = ''; CIDR blocks that are inside, beside private ones, with commas between
-- parameter: rows = 20; how many destinations to show
-- parameter: price = 0.09; USD for a GB out to the internet (us-east-1, first 10 TB a month)
WITH seen AS (
  SELECT
    interface_id,
    :own AS own,
    CASE WHEN :leaves AND action = 'ACCEPT' THEN dstaddr WHEN :forwards THEN srcaddr END AS peer,
    CASE WHEN :leaves AND action = 'ACCEPT' THEN dstport END AS dstport,
    :leaves AND action = 'ACCEPT' AS is_sent,
    :stays AS stays,
    :beyond AS beyond,
    bool_or(:forwards) AS forwards,
    sum(bytes) AS bytes,
    count(*) AS flows
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND srcaddr IS NOT NULL
  GROUP BY 1, 2, 3, 4, 5, 6, 7
),
:routed,
:ends
SELECT
  address AS dstaddr,
  dstport,
  sum(bytes) AS bytes,
  count(DISTINCT own) AS sources,
  sum(flows) AS flows,
  round(sum(bytes) / 1e9 * :price, 4) AS usd
FROM ends
WHERE is_sent
  AND NOT relays
  AND (NOT stays OR is_beyond)
  AND :outside
GROUP BY address, dstport
ORDER BY bytes DESC, dstaddr, dstport
LIMIT :rows
