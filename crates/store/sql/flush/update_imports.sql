-- rows: tenant blob, id blob, encoding int, state int, chunks int, bytes int, records int, accepted int, duplicates int, errors int, failure text, finished_at int
WITH v(tenant, id, encoding, state, chunks, bytes, records, accepted, duplicates, errors, failure, finished_at) AS (VALUES {rows})
UPDATE imports AS t SET encoding = v.encoding, state = v.state, chunks = v.chunks, bytes = v.bytes, records = v.records, accepted = v.accepted, duplicates = v.duplicates, errors = v.errors, failure = v.failure, finished_at = v.finished_at
FROM v WHERE t.tenant = [v.tenant] AND t.id = v.id
