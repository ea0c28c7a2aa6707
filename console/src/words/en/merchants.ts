import type { Words } from "../zh";

export const terms: Words["terms"] = {
  one: "Merchant",
  state: "State",
  selling: "Selling",
  suspended: "Suspended",
  title: "Terms",
  rate: "Requests a minute",
  perMinute: n => `${n} a minute`,
  reason: "Why it is suspended",
  reasonHint: "The merchant reads it on its first page: say what would lift it",
  suspend: "Suspend",
  suspendTitle: name => `Suspend ${name}?`,
  suspendTexts: [
    "From now on it takes no orders and no payments in live mode.",
    "Paid orders are delivered or refunded, and everything can still be read.",
    "Test mode goes on.",
  ],
  lift: "Lift the suspension",
  liftTitle: name => `Let ${name} sell again?`,
  liftText: "It takes orders and payments at once, and the reason is no longer shown.",
  setLimit: "Set a limit",
  changeLimit: "Change the limit",
  removeLimit: "Remove the limit",
  limitTitle: name => `How many requests a minute may ${name} send?`,
  limitText:
    "All its keys count together. What comes above it is refused until the next minute; limits of single keys stay.",
  limitField: "At most",
  limitUnit: "a minute",
  removeTitle: name => `Remove the limit of ${name}?`,
  removeText: "Nothing limits the merchant as a whole any more; limits of single keys stay.",
  keysText: "The merchant's programs call the API with keys.",
  toKeys: "See its keys",
  peopleTitle: "Owner",
  ownerText:
    "As long as the owner has not come in, invite him here, or another in his place; then he says who works there.",
  alertTitle: "The operator suspended this shop",
  alertReason: "Reason: ",
  alertText:
    "It takes no orders and no payments for now. Paid orders are delivered or refunded, and test mode goes on. Once the reason is dealt with, ask the operator to lift it.",
};
