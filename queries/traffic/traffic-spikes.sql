-- title: Hours with far more traffic than usual
-- question: Which interfaces carried far more in an hour than in an average hour of the days before?
-- fields: interface-id bytes start
-- parameter: days = 7; days before the window that show what is usual
-- parameter: factor = 5; times the average hour in which the interface had traffic
-- parameter: least = 10000000; bytes below which nothing is shown
-- parameter: rows = 50; how many hours to show
-- prepared: least factor
WITH lines AS (
  SELECT
    interface_id,
    start,
    bytes,
    :recent AS is_recent
  FROM flow_logs
  WHERE :history
    AND :of_interface
    AND bytes IS NOT NULL
),
hours AS (
  SELECT
    interface_id,
    is_recent,
    start - start % 3600 AS began,
    sum(bytes) AS bytes,
    count(*) AS flows
  FROM lines
  GROUP BY 1, 2, 3
),
usual AS (
  SELECT
    hours.*,
    avg(CASE WHEN NOT is_recent THEN CAST(bytes AS double) END) OVER (PARTITION BY interface_id) AS usual_bytes,
    max(CASE WHEN NOT is_recent THEN bytes END) OVER (PARTITION BY interface_id) AS busiest_hour_before
  FROM hours
)
SELECT
  :time(began) AS hour,
  interface_id,
  bytes,
  flows,
  round(usual_bytes) AS usual_bytes,
  busiest_hour_before,
  round(bytes / usual_bytes, 1) AS times
FROM usual
WHERE is_recent
  -- An interface without a past has nothing to be compared with.
  AND usual_bytes > 0
  AND bytes >= :least
  AND bytes > CAST(:factor AS double) * usual_bytes
ORDER BY bytes / usual_bytes DESC, began, interface_id
LIMIT :rows
