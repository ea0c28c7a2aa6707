-- The newest number of each book. A walk over all books, once a second.
SELECT tenant, seq FROM journal_heads ORDER BY tenant
