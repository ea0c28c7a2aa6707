-- Rows that are written again within minutes: with room left on their page, PostgreSQL puts the new version beside the
-- old one and touches no index.
{postgres} ALTER TABLE orders SET (fillfactor = 80);
{postgres} ALTER TABLE order_lines SET (fillfactor = 80);
{postgres} ALTER TABLE payments SET (fillfactor = 80);
{postgres} ALTER TABLE holds SET (fillfactor = 80);
