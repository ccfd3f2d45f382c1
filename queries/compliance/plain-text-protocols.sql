-- title: Plain-text protocols
-- question: Who still uses protocols that send passwords and data unencrypted, each packet counted once?
-- fields: srcaddr dstaddr dstport protocol bytes start action
-- parameter: ports = '21,23,25,69,80,110,143,161,389,512,513,514,1433,5900,6379,11211'; ports of such protocols, with commas between
-- parameter: rows = 50; how many pairs to show
-- prepared: ports
WITH lines AS (
  SELECT
    :line
    :sender AS srcaddr,
    :receiver AS dstaddr,
    dstport,
    bool_or(:forwards) AS forwards,
    count(*) AS flows,
    sum(bytes) AS bytes
  FROM flow_logs
  WHERE :window
    AND :of_interface
    AND action = 'ACCEPT'
    AND protocol IN (6, 17)
    AND :among(dstport, ports)
  GROUP BY :keys(3)
),
:marked,
once AS (
  SELECT
    :senders
    srcaddr,
    dstaddr,
    dstport,
    :once(flows) AS flows,
    :once(bytes) AS bytes
  FROM marked
  GROUP BY :parties(3)
)
SELECT
  CASE dstport
    WHEN 21 THEN 'FTP'
    WHEN 23 THEN 'Telnet'
    WHEN 25 THEN 'SMTP'
    WHEN 69 THEN 'TFTP'
    WHEN 80 THEN 'HTTP'
    WHEN 110 THEN 'POP3'
    WHEN 143 THEN 'IMAP'
    WHEN 161 THEN 'SNMP'
    WHEN 389 THEN 'LDAP'
    WHEN 512 THEN 'rexec'
    WHEN 513 THEN 'rlogin'
    WHEN 514 THEN 'rsh'
    WHEN 1433 THEN 'SQL Server'
    WHEN 5900 THEN 'VNC'
    WHEN 6379 THEN 'Redis'
    WHEN 11211 THEN 'Memcached'
  END AS service,
  srcaddr,
  dstaddr,
  dstport,
  sum(flows) AS flows,
  sum(bytes) AS bytes
FROM once
WHERE flows > 0
GROUP BY srcaddr, dstaddr, dstport
ORDER BY bytes DESC, srcaddr, dstaddr, dstport
LIMIT :rows
