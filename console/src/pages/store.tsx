/** One store: what was redeemed there today, or on another day. */

import { useQuery } from "@tanstack/react-query";
import { useLocation, useNavigate, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { Go, Page, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { readQuery } from "../lib/address";
import { day as dayOf } from "../lib/time";
import { Devices } from "../parts/devices";
import { resources } from "../parts/kinds";
import { StoreDay } from "../parts/store-day-view";
import type { Store } from "../parts/stores";
import { useCan, useMerchant } from "../session/context";
import { useWords } from "../words";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export default function StorePage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const { vouchers, frame } = useWords();
  const { zone } = useMerchant();
  const can = useCan();
  const { searchStr } = useLocation();
  const navigate = useNavigate();
  const asked = useQuery({
    queryKey: ["stores", id],
    queryFn: async () => (await resources.get("stores", id)) as Store,
    enabled: can("store:read"),
  });
  const today = dayOf(new Date(), zone);
  const wanted = readQuery(searchStr).day ?? today;
  const day = DAY.test(wanted) ? wanted : today;
  const show = (next: string) => void navigate({ to: `/stores/${id}${next === today ? "" : `?day=${next}`}` });
  const back = { to: "/stores", text: frame.pages.stores };
  if (asked.error)
    return (
      <Page title={vouchers.store} back={back}>
        <Trouble error={asked.error} />
      </Page>
    );
  if (asked.isLoading) return <Waiting />;
  const { name = vouchers.store, address, phone } = asked.data ?? {};
  return (
    <Page
      title={name}
      intro={[address, phone].filter(Boolean).join(" · ")}
      back={back}
      acts={
        <>
          <Go to={`/redemptions?store=${id}`}>{vouchers.allRedemptions}</Go>
          {can("store:write") && <Go to={`/r/stores/${id}`}>{vouchers.editStore}</Go>}
        </>
      }
    >
      <div className="bar">
        <label className="day-filter">
          <span className="muted">{vouchers.dayOf}</span>
          <input
            type="date"
            value={day}
            max={today}
            onChange={event => event.target.value && show(event.target.value)}
          />
        </label>
        {day !== today && <Button onClick={() => show(today)}>{vouchers.today}</Button>}
      </div>
      <StoreDay store={id} name={name} day={day} />
      <Devices store={id} />
    </Page>
  );
}
