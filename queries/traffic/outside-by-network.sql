-- title: Peers outside by named network
-- question: How much goes to and comes from outside, by the names that networks have: countries, autonomous systems, partners?
-- fields: src_network dst_network interface-id srcaddr dstaddr bytes start action
-- parameter: inside = ''; CIDR blocks that are inside, beside private ones, with commas between
-- parameter: rows = 50; how many networks to show
WITH seen AS (
  SELECT
    interface_id,
    :own AS own,
    CASE WHEN :leaves THEN dstaddr ELSE srcaddr END AS peer,
    CASE WHEN :leaves THEN dst_network ELSE src_network END AS network,
    :leaves AS is_sent,
    bool_or(:forwards) AS forwards,
    sum(bytes) AS bytes,
    count(*) AS flows
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND action = 'ACCEPT'
    AND srcaddr IS NOT NULL
  GROUP BY 1, 2, 3, 4, 5
),
:homes,
:ends
SELECT
  coalesce(network, 'unnamed') AS network,
  count(DISTINCT address) AS peers,
  sum(CASE WHEN is_sent THEN bytes ELSE 0 END) AS bytes_to,
  sum(CASE WHEN is_sent THEN 0 ELSE bytes END) AS bytes_from,
  sum(flows) AS flows
FROM ends
WHERE NOT relays
  AND :outside
GROUP BY coalesce(network, 'unnamed')
ORDER BY sum(bytes) DESC, network
LIMIT :rows
