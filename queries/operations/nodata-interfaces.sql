-- title: Interfaces without traffic
-- question: Which interfaces had windows without any traffic, and how many?
-- fields: account-id interface-id log-status start end
-- parameter: rows = 20; how many interfaces to show
SELECT
  account_id,
  interface_id,
  sum(CASE WHEN log_status = 'NODATA' THEN 1 ELSE 0 END) AS silent_windows,
  sum(CASE WHEN log_status = 'OK' THEN 1 ELSE 0 END) AS flows,
  :time(max(CASE WHEN log_status = 'OK' THEN "end" END)) AS last_traffic
FROM flow_logs
WHERE :window
  AND :of_interface
GROUP BY account_id, interface_id
HAVING sum(CASE WHEN log_status = 'NODATA' THEN 1 ELSE 0 END) > 0
ORDER BY flows, silent_windows DESC, account_id, interface_id
LIMIT :rows
