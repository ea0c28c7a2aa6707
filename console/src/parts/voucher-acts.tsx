/** Ways from the list of vouchers: to what is unused, to runs, and to new ones. */

import { Go } from "../kit/page";
import { useCan } from "../session/context";
import { useWords } from "../words";

export function MakeVouchers() {
  const { vouchers } = useWords();
  const can = useCan();
  if (!can("vouchers:write")) return null;
  return (
    <Go to="/vouchers/new" primary>
      {vouchers.make}
    </Go>
  );
}

export function VouchersActs() {
  const { vouchers } = useWords();
  const can = useCan();
  return (
    <>
      {can("ledger:read") && <Go to="/vouchers/liability">{vouchers.liability}</Go>}
      {can("vouchers:write") && <Go to="/voucher-runs">{vouchers.runs}</Go>}
      <MakeVouchers />
    </>
  );
}
