//! Statements about people, one file each in `sql/people/`.

crate::seam::statements! {
    INSERT_PEOPLE = "people/insert_people";
    INSERT_PEOPLE_EMAILS = "people/insert_people_emails";
    LOAD_PEOPLE = "people/load_people";
    LOAD_PEOPLE_EMAILS = "people/load_people_emails";
    READ_PERSON = "people/read_person";
    READ_PERSON_BY_EMAIL = "people/read_person_by_email";
    UPDATE_PEOPLE = "people/update_people";
    VERIFY_COUNT_PEOPLE = "people/verify_count_people";
    VERIFY_PEOPLE_EMAILS = "people/verify_people_emails";
    VERIFY_PEOPLE_PAGE = "people/verify_people_page";
}
