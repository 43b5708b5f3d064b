-- What applications ask at start to see whether a key works: one row each, made of the account's own.
CREATE VIEW apikey AS
SELECT ID, '' AS ACL, APIKey, CreatedAt, 1 AS IsActive, 1 AS IsMaster, Name, 0 AS QuarantineValue, 0 AS RegionID,
  'Normal' AS Runlevel, SecretKey, 1 AS Skipspamd, 'r.mailjet.com' AS TrackHost, UserID
FROM account;

CREATE VIEW user AS
SELECT UserID AS ID, '' AS ACL, CreatedAt, 'owner@example.com' AS Email, '127.0.0.1' AS FirstIp, '127.0.0.1' AS LastIp,
  CreatedAt AS LastLoginAt, 'en_US' AS Locale, 5 AS MaxAllowedAPIKeys, 'Europe/Paris' AS Timezone,
  'owner@example.com' AS Username, '' AS WarnedRatelimitAt
FROM account;

CREATE VIEW myprofile AS
SELECT UserID AS ID, '' AS AddressCity, '' AS AddressCountry, '' AS AddressPostalCode, '' AS AddressState,
  '' AS AddressStreet, '' AS BillingEmail, '' AS BirthdayAt, '' AS CompanyName, '' AS CompanyNumOfEmployees,
  '' AS ContactPhone, 0 AS EstimatedVolume, '' AS Features, '' AS Firstname, '' AS Industry, '' AS JobTitle,
  '' AS Lastname, UserID, 0 AS VAT, '' AS VATNumber, '' AS Website
FROM account;

CREATE VIEW sender AS
SELECT ID, CreatedAt, ID AS DNSID, 'owner@example.com' AS Email, 'unknown' AS EmailType, '' AS Filename,
  1 AS IsDefaultSender, 'Default' AS Name, 'Active' AS Status
FROM account;
