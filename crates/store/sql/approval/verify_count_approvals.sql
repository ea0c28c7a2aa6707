SELECT COUNT(*) FROM approvals
