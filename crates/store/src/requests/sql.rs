//! Statements about the request log, one file each in `sql/requests/`.

crate::seam::statements! {
    DELETE_OLD_REQUESTS = "requests/delete_old_requests";
    INSERT_REQUESTS = "requests/insert_requests";
    READ_REQUEST = "requests/read_request";
    READ_REQUESTS = "requests/read_requests";
    READ_REQUESTS_OF_KEY = "requests/read_requests_of_key";
}
