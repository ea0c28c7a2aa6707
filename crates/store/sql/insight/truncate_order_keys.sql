{truncate} order_keys
