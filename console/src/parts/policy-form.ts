/** The approval policy as a form shows it: limits that the API has in minor units stand as money. */

import type { Money, Policy, PolicyChange } from "../api/types";
import type { Group } from "../kit/fields";
import type { Words } from "../words";

type Limits = "refund_above" | "credit_above" | "transfer_above";

export type PolicyForm = Omit<PolicyChange, Limits> & Record<Limits, Money>;

const yuan = (amount: number): Money => ({ amount, currency: "CNY" });

export const toForm = ({ version: _, refund_above, credit_above, transfer_above, ...rest }: Policy): PolicyForm => ({
  ...rest,
  refund_above: yuan(refund_above),
  credit_above: yuan(credit_above),
  transfer_above: yuan(transfer_above),
});

export const toBody = ({ refund_above, credit_above, transfer_above, ...rest }: PolicyForm): PolicyChange => ({
  ...rest,
  refund_above: refund_above.amount,
  credit_above: credit_above.amount,
  transfer_above: transfer_above.amount,
});

export function policyGroups({ approvals, settings }: Words): Group[] {
  const money = { kind: "money", currency: "CNY", required: true } as const;
  return [
    {
      title: approvals.policyAmounts,
      help: approvals.policyAmountsHelp,
      fields: [
        { ...money, name: "refund_above", label: approvals.refundAbove, help: approvals.refundAboveHelp },
        { ...money, name: "credit_above", label: approvals.creditAbove, help: approvals.creditAboveHelp },
        { ...money, name: "transfer_above", label: approvals.transferAbove, help: approvals.transferAboveHelp },
        {
          kind: "integer",
          name: "reveal_above",
          label: approvals.revealAbove,
          help: approvals.revealAboveHelp,
          min: 0,
          max: 500,
          required: true,
        },
      ],
    },
    {
      title: approvals.policyMore,
      fields: [
        { kind: "switch", name: "keys", label: approvals.holdKeys, help: approvals.holdKeysHelp },
        { kind: "switch", name: "people", label: approvals.holdPeople, help: approvals.holdPeopleHelp },
        {
          kind: "integer",
          name: "hours",
          label: approvals.hours,
          help: approvals.hoursHelp,
          min: 1,
          max: 720,
          unit: settings.hoursUnit,
          required: true,
        },
      ],
    },
  ];
}
