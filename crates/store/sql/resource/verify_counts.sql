SELECT (SELECT COUNT(*) FROM resource_keys), (SELECT COUNT(*) FROM resource_claims),
    (SELECT COUNT(*) FROM resource_secrets), (SELECT COUNT(*) FROM resource_pictures)
