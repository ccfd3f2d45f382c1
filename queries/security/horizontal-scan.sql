-- title: One port on many addresses
-- question: Who knocks at the same port of many addresses, without an answer?
-- fields: srcaddr dstaddr srcport dstport protocol packets bytes start end action tcp-flags
-- parameter: targets = 10; addresses without an answer that make a scan
-- parameter: size = 80; most bytes of a packet that carries nothing, as a knock's
-- parameter: rows = 50; how many scans to show
-- prepared: targets size
WITH flows AS (
  SELECT
    srcaddr,
    srcport,
    dstaddr,
    dstport,
    protocol,
    start,
    "end",
    action,
    -- SYN and ACK: whoever sends both was called and answers.
    protocol = 6 AND tcp_flags % 32 >= 16 AS is_answer
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND (
      -- A SYN without ACK: whoever sends it opens the connection, and again if nobody answers. It carries nothing.
      (protocol = 6 AND tcp_flags % 4 >= 2 AND tcp_flags % 32 < 16 AND (action = 'REJECT' OR bytes <= :size * packets))
      OR (protocol = 6 AND tcp_flags % 4 >= 2 AND tcp_flags % 32 >= 16 AND action = 'ACCEPT')
      OR (protocol = 17 AND action = 'REJECT')
    )
),
doors AS (
  SELECT
    CASE WHEN is_answer THEN dstaddr ELSE srcaddr END AS srcaddr,
    CASE WHEN is_answer THEN srcaddr ELSE dstaddr END AS dstaddr,
    CASE WHEN is_answer THEN srcport ELSE dstport END AS dstport,
    protocol,
    bool_or(is_answer) AS answers,
    bool_or(action = 'REJECT') AS rejects,
    min(CASE WHEN NOT is_answer THEN start END) AS since,
    max(CASE WHEN NOT is_answer THEN "end" END) AS until
  FROM flows
  GROUP BY 1, 2, 3, 4
),
knocks AS (
  SELECT
    srcaddr,
    dstport,
    protocol,
    sum(CASE WHEN answers THEN 0 ELSE 1 END) AS targets,
    sum(CASE WHEN rejects THEN 1 ELSE 0 END) AS targets_that_reject,
    sum(CASE WHEN answers THEN 1 ELSE 0 END) AS targets_that_answer,
    min(CASE WHEN answers THEN NULL ELSE dstaddr END) AS one_target,
    :time(min(since)) AS first_seen,
    :time(max(until)) AS last_seen
  FROM doors
  -- Somebody knocked.
  WHERE since IS NOT NULL
  GROUP BY srcaddr, dstport, protocol
)
SELECT *
FROM knocks
WHERE targets >= :targets
ORDER BY targets DESC, srcaddr, dstport, protocol
LIMIT :rows
