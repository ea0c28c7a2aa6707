-- Whose wallet a payment recharges; null of those that pay an order. The row of a recharge has its own id for its order's, and so have
-- its receipts and refunds: under that they are found.
ALTER TABLE payments ADD COLUMN wallet {blob};
-- Exchanges go by their age, whatever book they are of; their ids begin with their time.
CREATE INDEX channel_exchanges_by_id ON channel_exchanges (id);
