{truncate} followed
