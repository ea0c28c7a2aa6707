SELECT MAX(created_at) FROM orders
