-- Up to which fact each book stands in the newest checkpoint that has it. A walk over all, once an hour.
SELECT tenant, MAX(seq) FROM journal_leaves GROUP BY tenant ORDER BY tenant
