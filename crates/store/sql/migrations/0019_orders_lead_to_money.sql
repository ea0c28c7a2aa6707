-- Payments, receipts and refunds are found by their own keys, which begin with the tenant. Beside an index for their orders
-- that began with the tenant too, PostgreSQL walked all receipts of a tenant while nobody had taken statistics (ADR 18).
DROP INDEX payments_order;
CREATE INDEX payments_by_order ON payments (order_id, id, tenant);
DROP INDEX receipts_order;
CREATE INDEX receipts_by_order ON receipts (order_id, at, tenant);
DROP INDEX refunds_order;
CREATE INDEX refunds_by_order ON refunds (order_id, id, tenant);
