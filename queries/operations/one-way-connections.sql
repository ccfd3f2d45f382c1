-- title: One-way connections
-- question: Who calls what and gets no answer, or is answered without a call that was let through? (A route, network ACL or firewall in one direction, or a service that is down.)
-- fields: interface-id srcaddr dstaddr srcport dstport protocol packets start end action
-- parameter: least = 3; connections below which nothing is shown
-- parameter: rows = 50; how many pairs to show
-- prepared: least
WITH ways AS (
  -- The lower port is the service's; of two alike, the lower address is the caller.
  SELECT
    interface_id,
    protocol,
    srcport > dstport OR (srcport = dstport AND srcaddr < dstaddr) AS is_call,
    srcaddr,
    srcport,
    dstaddr,
    dstport,
    action,
    packets,
    start,
    "end"
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND protocol IN (6, 17)
),
connections AS (
  SELECT
    interface_id,
    protocol,
    CASE WHEN is_call THEN srcaddr ELSE dstaddr END AS client,
    CASE WHEN is_call THEN srcport ELSE dstport END AS client_port,
    CASE WHEN is_call THEN dstaddr ELSE srcaddr END AS server,
    CASE WHEN is_call THEN dstport ELSE srcport END AS port,
    sum(CASE WHEN is_call AND action = 'ACCEPT' THEN packets ELSE 0 END) AS called,
    sum(CASE WHEN NOT is_call AND action = 'ACCEPT' THEN packets ELSE 0 END) AS answered,
    sum(CASE WHEN action = 'REJECT' THEN packets ELSE 0 END) AS rejected,
    min(start) AS since,
    max("end") AS until
  FROM ways
  GROUP BY 1, 2, 3, 4, 5, 6
),
pairs AS (
  SELECT
    interface_id,
    protocol,
    client,
    server,
    port,
    called > 0 AS is_called,
    count(*) AS connections,
    sum(called) + sum(answered) AS packets,
    sum(CASE WHEN rejected > 0 THEN 1 ELSE 0 END) AS with_rejected,
    min(since) AS since,
    max(until) AS until
  FROM connections
  WHERE (called > 0 AND answered = 0)
    OR (called = 0 AND answered > 0)
  GROUP BY 1, 2, 3, 4, 5, 6
)
SELECT
  interface_id,
  client,
  server,
  port,
  protocol,
  CASE WHEN is_called THEN 'no answer' ELSE 'no call' END AS lacks,
  connections,
  with_rejected,
  packets,
  :time(since) AS first_seen,
  :time(until) AS last_seen
FROM pairs
WHERE connections >= :least
ORDER BY connections DESC, interface_id, client, server, port, protocol, lacks
LIMIT :rows
