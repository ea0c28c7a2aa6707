-- What came in for an order is shown with it, in the order of time.
CREATE INDEX receipts_order ON receipts (tenant, order_id, at);
