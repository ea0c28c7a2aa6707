SELECT seq FROM followed WHERE tenant = ?
