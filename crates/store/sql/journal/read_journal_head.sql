SELECT seq FROM journal_heads WHERE tenant = ?
