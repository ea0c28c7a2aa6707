-- Books that stand in some checkpoint.
SELECT DISTINCT tenant FROM journal_leaves ORDER BY tenant
