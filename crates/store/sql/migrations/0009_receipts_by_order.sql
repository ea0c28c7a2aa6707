-- What came in for an order is shown with it.
CREATE INDEX receipts_order ON receipts (tenant, order_id);
