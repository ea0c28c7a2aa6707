/** Vouchers that were just made, with their codes: to be downloaded or printed now, because nobody sees them again. */

import { useQuery } from "@tanstack/react-query";
import { useBlocker } from "@tanstack/react-router";
import { Alert, App, Button } from "antd";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { DeliveredVoucher, Sku } from "../api/types";
import { Go, Page } from "../kit/page";
import { csv } from "../lib/csv";
import { count } from "../lib/money";
import { saveCsv } from "../lib/save";
import { useMerchant } from "../session/context";
import { useWords } from "../words";
import { useSkuName } from "./catalog";
import { muchText } from "./how-much";
import { rulesOf } from "./rules";
import { Sheet } from "./sheet";
import { useStoreName } from "./stores";
import { validOf } from "./validity";

export interface Batch {
  sku: Sku;
  vouchers: DeliveredVoucher[];
}

/** What stands on each of them. */
export interface Printed {
  name: string;
  worth: string;
  valid: string;
  rules: string[];
  stores: string;
}

export function MadeVouchers({ of: { sku, vouchers: made }, again }: { of: Batch; again: () => void }) {
  const words = useWords();
  const { vouchers } = words;
  const [kept, setKept] = useState(false);
  const printed = usePrinted(sku, made[0]?.id ?? "");
  const shown = made.some(one => one.code);
  const lost = shown && !kept;
  const ask = useQuestion(lost);
  const save = () => {
    const { code, sku, worth, valid, id } = vouchers.csvHead;
    const rows = made.map(one => [one.code ?? "", printed.name, printed.worth, printed.valid, one.id]);
    saveCsv(vouchers.csvName, csv([[code, sku, worth, valid, id], ...rows]));
    setKept(true);
  };
  const print = () => {
    window.print();
    setKept(true);
  };
  const acts = (
    <>
      <Button onClick={async () => (!lost || !(await ask())) && again()}>{vouchers.again}</Button>
      <Go to="/vouchers">{vouchers.toVouchers}</Go>
      {shown && <Button onClick={print}>{vouchers.print}</Button>}
      {shown && (
        <Button type="primary" onClick={save}>
          {vouchers.codesFile}
        </Button>
      )}
    </>
  );
  return (
    <Page
      title={vouchers.madeTitle(count(made.length))}
      intro={printed.name}
      back={{ to: "/vouchers", text: vouchers.title }}
      acts={acts}
    >
      {shown ? (
        <Alert type="warning" showIcon title={vouchers.onceTitle} description={vouchers.onceText} />
      ) : (
        <Alert type="info" showIcon title={vouchers.liveNote} />
      )}
      {shown && <Sheet vouchers={made} of={printed} />}
    </Page>
  );
}

/** They were made in one instant, so the time of the first one is that of all. */
function usePrinted(sku: Sku, first: string): Printed {
  const words = useWords();
  const { zone } = useMerchant();
  const nameOf = useSkuName();
  const storeName = useStoreName();
  const { data } = useQuery({
    queryKey: ["vouchers", first],
    queryFn: () => take(api.GET("/v1/vouchers/{id}", { params: { path: { id: first } } })),
  });
  const { voucher } = sku;
  return {
    name: nameOf(sku.id),
    worth: voucher ? muchText(voucher.type === "count" ? voucher.uses : voucher.amount, words) : "",
    valid: data ? validOf(data, zone, words) : "",
    rules: rulesOf(sku, words),
    stores: (sku.stores ?? []).map(storeName).join(words.kit.comma) || words.vouchers.allStores,
  };
}

/** Asks before codes are lost; true when whoever is asked stays. */
function useQuestion(lost: boolean): () => Promise<boolean> {
  const { vouchers, kit } = useWords();
  const { modal } = App.useApp();
  const ask = () =>
    new Promise<boolean>(answer => {
      modal.confirm({
        title: vouchers.leave,
        content: vouchers.leaveText,
        okText: vouchers.leaveYes,
        cancelText: kit.leaveNo,
        autoFocusButton: "cancel",
        onOk: () => answer(false),
        onCancel: () => answer(true),
      });
    });
  useBlocker({ enableBeforeUnload: lost, disabled: !lost, shouldBlockFn: ask });
  return ask;
}
