-- title: Traffic per minute
-- question: How much traffic was there in each of the latest minutes?
-- fields: packets bytes start action
-- parameter: rows = 15; how many minutes to show, the latest first
SELECT
  :time(start - start % 60) AS minute,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  count(*) AS flows,
  sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected
FROM flow_logs
WHERE :window
GROUP BY start - start % 60
ORDER BY start - start % 60 DESC
LIMIT :rows
