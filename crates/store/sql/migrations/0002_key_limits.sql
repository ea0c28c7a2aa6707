-- Requests a minute that a key may make; null is no limit.
ALTER TABLE api_keys ADD COLUMN requests_per_minute {int};
