SELECT tenant, sku, low, swept FROM pools
