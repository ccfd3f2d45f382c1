-- title: Encryption in transit
-- question: How much of the traffic is encrypted, by whom, and which interfaces send in the clear?
-- fields: interface-id encryption-status bytes start
-- parameter: rows = 50; how many interfaces to show
SELECT
  interface_id,
  sum(CASE WHEN encryption_status = 0 THEN bytes ELSE 0 END) AS in_the_clear,
  sum(CASE WHEN encryption_status = 1 THEN bytes ELSE 0 END) AS by_nitro,
  sum(CASE WHEN encryption_status = 2 THEN bytes ELSE 0 END) AS by_application,
  sum(CASE WHEN encryption_status = 3 THEN bytes ELSE 0 END) AS by_both,
  sum(CASE WHEN encryption_status IS NULL THEN bytes ELSE 0 END) AS not_known
FROM flow_logs
WHERE :window
  AND :of_interface
  AND bytes IS NOT NULL
GROUP BY interface_id
ORDER BY in_the_clear DESC, interface_id
LIMIT :rows
