//! People of merchants: beside what every kind of resources has, their invitations, and what they are called.

pub mod invite_staff;
pub mod list_people;
