-- title: Internet egress by destination
-- question: Which addresses outside get the most bytes from here, from whom, and what does that cost?
-- fields: srcaddr dstaddr dstport bytes start action
-- parameter: rows = 20; how many destinations to show
-- parameter: price = 0.09; USD for a GB out to the internet (us-east-1, first 10 TB a month)
SELECT
  dstaddr,
  dstport,
  sum(bytes) AS bytes,
  count(DISTINCT srcaddr) AS sources,
  count(*) AS flows,
  round(sum(bytes) / 1e9 * :price, 4) AS usd
FROM flow_logs
WHERE :window
  AND action = 'ACCEPT'
  AND :internal(srcaddr)
  AND NOT :internal(dstaddr)
GROUP BY dstaddr, dstport
ORDER BY bytes DESC, dstaddr, dstport
LIMIT :rows
