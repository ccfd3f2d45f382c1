-- title: Traffic by place
-- question: How much do interfaces carry in which Region, Availability Zone, Local Zone, Wavelength Zone or Outpost?
-- fields: region az-id interface-id packets bytes start
-- parameter: rows = 50; how many places to show
SELECT
  region,
  az_id,
  :known(sublocation_type) AS sublocation_type,
  :known(sublocation_id) AS sublocation_id,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  count(*) AS flows,
  count(DISTINCT interface_id) AS interfaces
FROM flow_logs
WHERE :window
  AND :of_interface
  AND bytes IS NOT NULL
GROUP BY 1, 2, 3, 4
ORDER BY bytes DESC, 1, 2, 3, 4
LIMIT :rows
