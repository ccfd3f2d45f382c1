-- title: Bytes by interface
-- question: Which network interfaces carry the traffic?
-- fields: account-id interface-id packets bytes start action
-- parameter: rows = 10; how many interfaces to show
SELECT
  account_id,
  interface_id,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  count(*) AS flows,
  sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected
FROM flow_logs
WHERE :window
  AND :of_interface
  AND bytes IS NOT NULL
GROUP BY account_id, interface_id
ORDER BY bytes DESC, account_id, interface_id
LIMIT :rows
