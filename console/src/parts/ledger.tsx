/** Units and amounts of the ledger: money as decimal text, or pieces of a SKU. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Currency } from "../api/types";
import { Id } from "../kit/values";
import { brief } from "../lib/ids";
import { CURRENCIES, decimal, sign } from "../lib/money";
import { useMerchant } from "../session/context";
import { useWords } from "../words";
import { useCatalog, useSkuName } from "./catalog";

const isCurrency = (unit: string): unit is Currency => (CURRENCIES as string[]).includes(unit);

export function LedgerAmount({ amount, unit }: { amount: string; unit: string }) {
  const text = decimal(amount);
  const [minus, plain] = text.startsWith("−") ? ["−", text.slice(1)] : ["", text];
  return <span className="number">{isCurrency(unit) ? `${minus}${sign(unit)}${padded(plain)}` : text}</span>;
}

/** Money has at least its two digits. */
function padded(text: string): string {
  const [whole, part = ""] = text.split(".");
  return `${whole}.${part.padEnd(2, "0")}`;
}

export function Unit({ unit }: { unit: string }) {
  const { money } = useWords();
  const nameOf = useSkuName();
  return <>{isCurrency(unit) ? unit : money.piecesOf(nameOf(unit))}</>;
}

/** What an account is for and whose it is; its id tells neither. */
export function AccountName({ id }: { id: string }) {
  const { money } = useWords();
  const { skus } = useCatalog();
  const { data } = useQuery({
    queryKey: ["accounts", id],
    queryFn: () => take(api.GET("/v1/accounts/{id}", { params: { path: { id } } })),
    staleTime: 60_000,
  });
  if (!data) return <Id id={id} />;
  const owner = skus.get(data.owner)?.name ?? (data.kind === "wallet" ? brief(data.owner) : undefined);
  return (
    <Link to={`/ledger/${id}`} title={id}>
      {money.kinds[data.kind]}
      {owner && <small className="muted"> {owner}</small>}
    </Link>
  );
}

/** Whose an account is: a SKU by its name, a buyer by his id, or the merchant. */
export function Owner({ id }: { id: string }) {
  const { skus } = useCatalog();
  const sku = skus.get(id);
  const { id: merchant, name } = useMerchant();
  if (sku) return <Link to={`/skus/${id}`}>{sku.name}</Link>;
  return id === merchant ? name : <Id id={id} />;
}
