import type { Words } from "../zh";

export const problems: Words["problems"] = {
  bad_request: {
    what: "The request was not understood",
    cure: "Reload the page. If it stays, pass on the request's id.",
  },
  idempotency_key_required: { what: "The request lacks its mark against repeats", cure: "Reload the page." },
  unauthorized: { what: "You are signed out", cure: "Sign in again." },
  forbidden: {
    what: "Your role may not do this",
    cure: "Ask the owner to widen your role, or a colleague who has it.",
  },
  not_found: {
    what: "Not found",
    cure: "Check that the id is whole. It may belong to another shop, or to the other mode.",
  },
  method_not_allowed: { what: "That can't be done here", cure: "Reload the page." },
  price_changed: { what: "The price has changed; nothing was ordered", cure: "Confirm the new price." },
  out_of_stock: { what: "Not enough in stock", cure: "Import codes first, or take fewer." },
  insufficient_funds: {
    what: "Not enough in the wallet; nothing moved",
    cure: "Credit the wallet, or pay in another way.",
  },
  limit_exceeded: { what: "Above a limit", cure: "Take fewer, or change the limits of the SKU." },
  merchant_suspended: {
    what: "This merchant is suspended; nothing is sold",
    cure: "Read the operator's reason on the home page and settle it with him. Test mode goes on.",
  },
  not_on_sale: {
    what: "This SKU can't be bought now",
    cure: "Look whether product and SKU are on the shelf and in their sale window.",
  },
  order_state: { what: "The order has moved on; nothing changed", cure: "Refresh it to see what can be done now." },
  hold_state: { what: "This hold was settled before", cure: "Refresh to see how." },
  payment_state: { what: "This payment has its outcome", cure: "Refresh to see it." },
  batch_state: { what: "The batch can't do that now", cure: "Wait for its import or running job to end." },
  batch_seen: {
    what: "A code of the batch was seen; it can't move or get another date",
    cure: "Freeze or void what is unsold.",
  },
  code_state: { what: "The code belongs to an order", cure: "Refund that order." },
  code_ambiguous: { what: "Several codes fit", cure: "Choose one of the ids below." },
  import_state: { what: "The import no longer waits for answers", cure: "Refresh to see how it ended." },
  code_revealed: {
    what: "A code was seen, so the rule refuses a refund",
    cure: "To refund all the same, choose that; the shop bears the loss.",
  },
  refund_rule: {
    what: "The SKU's rule refuses a refund",
    cure: "To refund all the same, choose that; the shop bears the loss.",
  },
  external_id_taken: { what: "This order number was used before", cure: "Take a new one." },
  voucher_used_up: { what: "Less is left of the voucher", cure: "Take another voucher, or redeem less." },
  voucher_expired: { what: "The voucher expired", cure: "What is left follows its rule; it is redeemed no more." },
  voucher_not_here: { what: "The voucher is redeemed in other stores", cure: "See the stores that it names." },
  device_state: {
    what: "The device cannot do this now",
    cure: "A pairing code works once, for a day. Add the device again.",
  },
  voucher_state: {
    what: "The voucher does not allow it now",
    cure: "Reload it: it may be not valid yet, taken back, or its redemption was.",
  },
  stale: { what: "Somebody changed it just now; nothing was saved", cure: "Refresh and change the new version." },
  too_large: {
    what: "The file is too large",
    cure: "Code files up to 256 MiB (workbooks 64), files of products up to 8 MiB, pictures up to 10 MiB, logos up to 32 KiB: split or shrink it.",
  },
  unsupported_media_type: {
    what: "This kind of file is not taken",
    cure: "Files of codes and products are CSV, TXT or XLSX; save an old workbook (.xls) as XLSX.",
  },
  invalid: { what: "Something isn't right; nothing was saved", cure: "Mend what is marked and send it again." },
  idempotency_key_reused: { what: "A request was changed and sent again", cure: "Reload the page." },
  rate_limited: { what: "Too often", cure: "Wait a moment." },
  internal: { what: "The server failed", cure: "Try again later. If it stays, pass on the request's id." },
  overloaded: {
    what: "The server is busy; nothing was taken",
    cure: "Try again in a few seconds; nothing happens twice.",
  },
  outcome_unknown: {
    what: "The outcome is not known yet",
    cure: "Refresh to see. Doing it again has no second effect.",
  },
  key_missing: {
    what: "This server can't open codes now; nothing changed",
    cure: "Try again later. If it stays, the operator should look at the master key.",
  },
  second_factor_required: { what: "The code is missing", cure: "Enter the six digits of your authenticator." },
  step_up_required: {
    what: "It must be confirmed that it is you",
    cure: "Enter the six digits of your authenticator and try again.",
  },
  csrf: { what: "The page is out of date", cure: "Reload it." },
  self_approval: { what: "Nobody approves what he asked for", cure: "Ask another colleague who may." },
  export_state: { what: "The export has ended already", cure: "Refresh to see how." },
  approval_state: { what: "Somebody decided this already", cure: "Refresh to see how." },
  taken: { what: "That is taken", cure: "Choose another value." },
  resource_state: {
    what: "It can't be changed like that now",
    cure: "Refresh first: restore what is archived before you change it.",
  },
  in_use: { what: "Other configuration uses it", cure: "Change what refers to it, then archive it." },
  precondition_failed: {
    what: "Somebody changed it just now; nothing was saved",
    cure: "Refresh and change the new version.",
  },
  passkey_cancelled: {
    what: "The passkey was not used",
    cure: "It was cancelled, or it took too long. Try again, or use password and code.",
  },
  passkey_known: {
    what: "This device has a passkey of yours already",
    cure: "Sign in with it; to make another, remove the old one first.",
  },
  unreachable: { what: "The server can't be reached", cure: "Check the network. Doing it again has no second effect." },
};

export const trouble: Words["trouble"] = {
  request: "Request",
  said: "The server says",
  retry: "Try again",
};
