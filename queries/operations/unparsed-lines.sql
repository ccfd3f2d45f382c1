-- title: Lines that did not fit
-- question: Which lines did not fit the format, and when did they arrive?
-- fields: none
-- parameter: rows = 50; how many lines to show
SELECT
  year || '-' || month || '-' || day || ' ' || hour || ':00' AS arrived,
  count(*) AS lines,
  min(unparsed) AS example
FROM flow_logs
WHERE :arrival
  AND unparsed IS NOT NULL
GROUP BY year, month, day, hour, substr(unparsed, 1, 20)
ORDER BY arrived DESC, lines DESC, example
LIMIT :rows
