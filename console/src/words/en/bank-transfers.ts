import type { Words } from "../zh";

export const bankTransfers: Words["bankTransfers"] = {
  title: "Bank transfer",
  toWaiting: "Bank transfers to confirm",
  waits: "Waits for you",
  paidOtherwise: "Order is paid",
  details: "Account that the buyer sees",
  noDetails:
    "Bank transfers are switched off, so the buyer sees no account. Money that is on its way is still confirmed here.",
  change: "Change the account",
  reference: "Buyer's reference",
  due: "Due",
  since: "Waits since",
  until: "Waits until",
  untilNote: "then the order closes by itself",
  notes: {
    waits: "Confirm once you see the money in your bank account. Without the buyer's reference, go by amount and time.",
    over: "The order is closed. Confirm money that comes late all the same: with stock the goods are delivered, without it you transfer the money back.",
    paid: "The order was paid another way. If this money came too, confirm it as well, then transfer it back to the buyer.",
    succeeded:
      "If another transfer comes for the same order, enter it here too; you then transfer it back to the buyer.",
    returned:
      "What came was of no use: transfer it back to the buyer, see the refund below. If he transfers again, confirm it here.",
  },
  texts: {
    created: "The buyer was not told yet where to transfer to.",
    pending: "Waits for the buyer's transfer. No bank tells of it: you confirm it.",
    succeeded: "The transfer is confirmed, the order is paid.",
    closed: "No transfer came and it was closed.",
    failed: "It was not paid.",
    returned: "What came was of no use: transfer it back to the buyer.",
  },
  confirm: "Confirm a transfer",
  another: "Another one came",
  confirmTitle: due => `Did the transfer of ${due} arrive?`,
  confirmText: reference => `The buyer's reference should be ${reference}. This can't be undone.`,
  confirmTextPlain: "This can't be undone.",
  confirmAct: came => `Confirm ${came}`,
  bankReference: "Bank's reference",
  bankReferenceHelp:
    "The number in your bank's list or advice, one for each transfer; letters, digits and signs, at most 64",
  bankReferenceBad: "Only letters, digits and signs, at most 64",
  bankReferenceTaken: "This reference confirmed another payment; check it",
  came: "Amount that came",
  cameBad: "Fill in an amount above zero, such as 19.90",
  outcomes: {
    goods: () => "Exactly what is due. The order is paid at once and the goods go to the buyer.",
    short: (came, apart) =>
      `${apart} less than is due, so it does not pay the order. You transfer all ${came} back to the buyer, and the order goes on waiting for a full transfer.`,
    shortOver: (came, apart) =>
      `${apart} less than is due, and the order is closed. You transfer all ${came} back to the buyer.`,
    more: (_, apart) => `${apart} more than is due. The goods go to the buyer; you transfer the ${apart} back.`,
    late: came => `The order is closed. With stock the goods go to the buyer; without, you transfer all ${came} back.`,
    lateMore: (came, apart) =>
      `The order is closed, and ${apart} too much came. With stock the goods go to the buyer and you transfer the rest back; without, all ${came}.`,
    twice: came => `The order is paid already. You transfer all ${came} back to the buyer.`,
  },
  byHand: "What goes back becomes a refund “to transfer”.",
  held: "A confirmation waits for a second person",
  heldText: "The money counts once somebody agrees; there is no need to send it again.",
};
