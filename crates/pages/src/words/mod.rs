//! Every word of the pages, one struct per language. A field without a translation does not compile.
//!
//! Chinese as a good shop assistant speaks: 你, short, verbs on buttons, no exclamation marks. A sentence with
//! a value in it is a function, because the two languages put the value in different places.

mod en;
mod zh;

pub use en::EN;
pub use zh::ZH;

macro_rules! words {
    (said { $($said:ident)* } filled { $($filled:ident)* }) => {
        /// What the pages say.
        pub struct Words {
            $(pub $said: &'static str,)*
            $(pub $filled: fn(&str) -> String,)*
        }

        /// Every text, the filled ones with `mark` in the gap.
        #[cfg(test)]
        fn all(w: &Words, mark: &str) -> Vec<(&'static str, String)> {
            vec![
                $((stringify!($said), w.$said.to_owned()),)*
                $((stringify!($filled), (w.$filled)(mark)),)*
            ]
        }
    };
}

words! {
    said {
        switch skip my_orders
        all_goods category_empty from sold_out sold_out_short coming_soon
        choose_spec buy_now delivery_at_once delivery_minutes returns_unrevealed voucher_code returns_unredeemed returns_none
        valid_for_ever safe_payment_note how_to_use other_goods
        checkout goods quantity order_total place_order place_order_note consent_label fix_fields your_details optional
        cashier choose_method pay_safely cancel_order order_number
        waiting_payment waiting_payment_text waiting_top_up waiting_top_up_text waiting_refund waiting_refund_text
        if_fails_payment if_fails_top_up if_fails_refund check_now checked_by_itself
        order_ready order_ready_text reveal reveal_note order_delivered code_label number_label password_label copied
        qr_label open_link order_facts placed_at paid_at revealed_at_label paid_with unit_price total
        keep_link keep_link_text ask_refund
        state_pending state_paid state_fulfilling state_partly state_delivered state_completed state_cancelled
        damaged_title
        state_partly_refunded state_refunded
        nothing_taken sold_out_title sold_out_text expired_title expired_text cancelled_title
        cancelled_text refused_title refused_text buy_again back_to_shop pay_again alternatives view_order
        refund_title refund_how refund_when refund_keep refund_reason reason_mistake reason_other_code reason_unneeded
        reason_else refund_button refund_code_void
        why_not_title why_revealed why_none why_doubtful why_done contact_merchant
        refund_processing refund_processing_text refund_succeeded refund_failed refund_failed_text
        orders_title orders_empty orders_empty_text orders_note orders_heading owned_title owned_none_usable owned_cut
        order_secret copy_secret lookup_title lookup_text lookup_where lookup_button lookup_unknown lookup_wait lookup_lost lookup_ask
        not_found_title not_found_text invalid_title invalid_text busy_title busy_text many_title
        many_text broken_title broken_text no_money_moved request_label
        test_title test_note test_pay test_pay_text test_refuse test_refuse_text test_late test_late_text test_twice
        test_twice_text test_less test_less_text test_payment test_merchant test_back
        input_missing input_text input_phone input_mail input_qq input_digits
        consent_text consent_missing valid_on_code way_test way_test_note way_wallet way_wallet_note way_free
        way_free_note refund_days trouble_limit trouble_not_on_sale trouble_closed trouble_unpaid trouble_funds trouble_attempts trouble_gone
        trouble_price trouble_channel_silent trouble_channel_refused
        way_wechat way_wechat_scan_note way_alipay way_alipay_scan_note way_leave_note way_stripe way_stripe_note way_transfer way_transfer_note transfer_title
        pay_qr_label leaving_text bridge_text pay_in_sandbox have_paid other_way
        not_held foreign_title foreign_text search nothing_found page_before page_after
        copy_all save_file codes_in_file money_title money_arrived money_going_back money_is_back money_stuck
        door_title door_text door_shops door_demo door_no_shops door_merchants door_console door_developers door_reference door_keys
        show_voucher show_voucher_note voucher_token_note voucher_again voucher_rules voucher_validity voucher_stores
        voucher_all_stores voucher_hours voucher_min_spend voucher_history voucher_no_history voucher_used
        voucher_expired voucher_voided voucher_not_yet voucher_effective voucher_taken_back voucher_left voucher_open
        voucher_tickets voucher_tickets_text voucher_back content_text content_file content_download content_file_hint content_ready content_updated content_current
        content_bought content_newest till_title till_pair till_pair_text till_pair_code
        till_pair_button till_pair_wrong till_unlock till_pin till_unlock_button till_no_pin till_blocked
        till_blocked_text till_code till_code_hint till_look till_scan till_scan_stop till_camera_none till_lock
        till_today till_unknown till_wait till_uses till_amount till_spend till_redeem till_other till_start_over till_done till_next
        till_reverse till_reversed till_bad_amount till_used_up till_expired till_not_here till_state till_taken
        till_empty till_sum till_back till_of_store till_twice till_many till_dropped till_more
        test_done_paid test_done_refused test_done_late test_done_twice test_done_less
    }
    filled {
        scan_with go_to_channel damaged_text copy_value save sku_left valid_until valid_days returns_days pay_amount
        seconds_usual pieces content_version money_coming money_back refunded_at expires_at why_too_late
        times_left times till_redeem_all seconds_left after_first_use valid_from tries_left
        owned_over refund_to refund_within retry_in on_sale_from consent_version consented transfer_text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_says_something_in_its_language() {
        let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for (name, text) in all(&ZH, "@") {
            // The switch of each language is written in the other.
            let want = name != "switch";
            assert_eq!(chinese(&text), want, "{name}: {text}");
            for word in ["您", "亲", "！", "!", "用户"] {
                assert!(!text.contains(word), "{name} says {word}");
            }
        }
        for (name, text) in all(&EN, "@") {
            assert_eq!(chinese(&text), name == "switch", "{name}: {text}");
            assert!(!text.trim().is_empty() && !text.contains('!'), "{name}: {text}");
        }
    }

    #[test]
    fn a_gap_is_filled_exactly_once() {
        for (zh, en) in all(&ZH, "@").into_iter().zip(all(&EN, "@")) {
            assert_eq!(zh.1.matches('@').count(), en.1.matches('@').count(), "{}", zh.0);
            assert!(zh.1.matches('@').count() <= 1, "{}", zh.0);
        }
    }
}
