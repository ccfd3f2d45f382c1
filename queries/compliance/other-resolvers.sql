-- title: DNS to other resolvers
-- question: Who asks resolvers that are not in the list? (What goes to the VPC's own resolver is in no flow log.)
-- fields: interface-id srcaddr dstaddr dstport protocol packets bytes start end action
-- parameter: resolvers = ''; addresses that may be asked, with commas between
-- parameter: ports = '53,853'; ports of DNS, and of DNS over TLS
-- parameter: inside = ''; CIDR blocks that are inside, beside private ones, with commas between
-- parameter: rows = 50; how many pairs to show
-- prepared: resolvers ports
WITH flows AS (
  SELECT
    interface_id,
    :own AS own,
    :leaves AS is_question,
    srcaddr,
    dstaddr,
    dstport,
    packets,
    bytes,
    action,
    start,
    "end"
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND protocol IN (6, 17)
    AND :among(dstport, ports)
    AND strpos(',' || replace(:resolvers, ' ', '') || ',', ',' || dstaddr || ',') = 0
),
seen AS (
  -- Who asked whom, and a row for each address of an interface that was asked.
  SELECT
    interface_id,
    own,
    CASE WHEN is_question THEN srcaddr END AS srcaddr,
    CASE WHEN is_question THEN dstaddr END AS peer,
    CASE WHEN is_question THEN dstport END AS dstport,
    sum(packets) AS packets,
    sum(bytes) AS bytes,
    sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected,
    min(start) AS first_start,
    max("end") AS last_end
  FROM flows
  GROUP BY 1, 2, 3, 4, 5
),
:homes
SELECT
  interface_id,
  srcaddr,
  address AS dstaddr,
  dstport,
  CASE WHEN :outside THEN FALSE ELSE TRUE END AS is_inside,
  sum(packets) AS packets,
  sum(bytes) AS bytes,
  sum(rejected) AS rejected,
  :time(min(first_start)) AS first_seen,
  :time(max(last_end)) AS last_seen
FROM homes
WHERE address = peer
GROUP BY 1, 2, 3, 4, 5
ORDER BY packets DESC, 1, 2, 3, 4
LIMIT :rows
