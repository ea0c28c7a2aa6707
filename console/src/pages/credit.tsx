/** Money into a wallet, by hand. */

import { useLocation, useNavigate } from "@tanstack/react-router";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Money } from "../api/types";
import type { Group } from "../kit/fields";
import { FormPage } from "../kit/form-page";
import { readQuery } from "../lib/address";
import { once } from "../session/door";
import { useWords } from "../words";

interface Typed {
  buyer: string;
  amount: Money | null;
}

export default function Credit() {
  const { money } = useWords();
  const navigate = useNavigate();
  const id = readQuery(useLocation().searchStr).buyer;
  const groups: Group[] = [
    {
      title: money.creditTitle,
      help: money.creditWhat,
      fields: [
        {
          kind: "text",
          name: "buyer",
          label: id ? money.buyer : money.creditBuyer,
          help: id ? undefined : money.creditBuyerHelp,
          required: true,
          disabled: !!id,
        },
        { kind: "money", name: "amount", label: money.amount, required: true, currency: "CNY" },
      ],
    },
  ];
  const save = ({ buyer, amount }: Typed) => {
    if (!amount) throw new Error("the form asks for it");
    return take(
      api.POST("/v1/wallet-credits", {
        params: { header: once },
        body: { buyer: id ? { id } : { external_id: buyer }, amount },
      }),
    );
  };
  return (
    <FormPage<Typed, Awaited<ReturnType<typeof save>>>
      title={money.creditTitle}
      back={{ to: "/wallets", text: money.walletsTitle }}
      groups={groups}
      initial={id ? { buyer: id } : {}}
      save={save}
      saved={done => void navigate({ to: `/wallets/${done.buyer.id}` })}
      saveWord={money.creditAct}
    />
  );
}
