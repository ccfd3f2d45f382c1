-- title: Traffic with listed addresses
-- question: Did anyone talk to an address of this list, or get called from one, and how much went each way?
-- fields: interface-id srcaddr dstaddr srcport dstport packets bytes start end action
-- parameter: addresses = ''; IPv4 or IPv6 addresses as the flow log writes them, with commas between
-- parameter: rows = 50; how many pairs to show
-- prepared: addresses
WITH flows AS (
  -- A line may be in the lake twice. Behind NAT, the host and the gateway are shown, each with what it saw.
  SELECT DISTINCT interface_id, srcaddr, srcport, dstaddr, dstport, packets, bytes, start, "end", action, listed
  FROM flow_logs
  CROSS JOIN UNNEST(ARRAY[srcaddr, dstaddr]) AS ends (listed)
  WHERE :window
    AND strpos(',' || replace(:addresses, ' ', '') || ',', ',' || listed || ',') > 0
)
SELECT
  listed,
  CASE WHEN dstaddr = listed THEN srcaddr ELSE dstaddr END AS address,
  interface_id,
  min(CASE WHEN srcport < dstport THEN srcport ELSE dstport END) AS lowest_port,
  sum(CASE WHEN dstaddr = listed THEN bytes ELSE 0 END) AS bytes_to_it,
  sum(CASE WHEN dstaddr = listed THEN 0 ELSE bytes END) AS bytes_from_it,
  sum(packets) AS packets,
  sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected,
  :time(min(start)) AS first_seen,
  :time(max("end")) AS last_seen
FROM flows
GROUP BY 1, 2, 3
ORDER BY 5 DESC, 6 DESC, 7 DESC, 1, 2, 3
LIMIT :rows
