-- title: Rows and bytes per partition
-- question: How many rows and bytes of traffic arrived in each hour, and from how many interfaces?
-- fields: interface-id bytes
-- parameter: rows = 48; how many hours to show, the latest first
SELECT
  year,
  month,
  day,
  hour,
  count(*) AS lines,
  sum(bytes) AS bytes,
  count(DISTINCT interface_id) AS interfaces,
  sum(CASE WHEN unparsed IS NOT NULL THEN 1 ELSE 0 END) AS unparsed
FROM flow_logs
WHERE :arrival
GROUP BY year, month, day, hour
ORDER BY year DESC, month DESC, day DESC, hour DESC
LIMIT :rows
