-- title: Delivery delay
-- question: How many hours after their flow do lines arrive?
-- fields: start end
-- parameter: rows = 48; how many hours of arrival to show
SELECT
  year || '-' || month || '-' || day || ' ' || hour || ':00' AS arrived,
  count(*) AS lines,
  :time(min("end")) AS oldest,
  :time(max("end")) AS newest,
  sum(CASE
    WHEN date_format(from_unixtime("end", 'UTC'), '%Y%m%d%H') = year || month || day || hour THEN 0
    ELSE 1
  END) AS after_the_hour,
  sum(CASE
    WHEN date_format(from_unixtime("end" + 3600, 'UTC'), '%Y%m%d%H') < year || month || day || hour THEN 1
    ELSE 0
  END) AS after_the_next_hour
FROM flow_logs
WHERE :arrival
  AND start IS NOT NULL
GROUP BY year, month, day, hour
ORDER BY arrived DESC
LIMIT :rows
