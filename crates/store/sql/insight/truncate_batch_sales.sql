{truncate} batch_sales
