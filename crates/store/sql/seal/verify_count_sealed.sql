SELECT (SELECT COUNT(*) FROM codes) + (SELECT COUNT(*) FROM buyers)
    + (SELECT COUNT(*) FROM staged_chunks) + (SELECT COUNT(*) FROM data_keys)
    + (SELECT COUNT(*) FROM order_inputs) + (SELECT COUNT(*) FROM api_keys)
    + (SELECT COUNT(*) FROM resource_secrets) + (SELECT COUNT(*) FROM people) + (SELECT COUNT(*) FROM approval_parts) + (SELECT COUNT(*) FROM contents)
