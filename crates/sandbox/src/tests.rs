//! The rules of the channels' documents, over HTTP against a running sandbox.

mod alipay;
mod control;
mod merchant;
mod rotation;
mod stripe;
mod wechat;
