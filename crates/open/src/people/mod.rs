//! People of merchants: beside what every kind of resources has, their invitations.

pub mod invite_staff;
