{truncate} sales
