-- title: Skipped windows
-- question: Where and when did AWS lose records (SKIPDATA), so that counts are too low?
-- fields: account-id interface-id log-status start
-- parameter: rows = 50; how many interfaces and hours to show
SELECT
  :time(start - start % 3600) AS hour_of_flow,
  account_id,
  interface_id,
  count(*) AS skipped
FROM flow_logs
WHERE :window
  AND log_status = 'SKIPDATA'
GROUP BY start - start % 3600, account_id, interface_id
ORDER BY hour_of_flow DESC, skipped DESC, account_id, interface_id
LIMIT :rows
