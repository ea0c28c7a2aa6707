-- Whose wallet a payment recharges; null of those that pay an order. The row of a recharge has its own id for its order's, and so have
-- its receipts and refunds: under that they are found.
ALTER TABLE payments ADD COLUMN wallet {blob};
