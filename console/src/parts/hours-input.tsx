/** Hours of days of the week at which a voucher is redeemed: some rows of days, from and until. */

import { Button, Checkbox } from "antd";
import type { VoucherHours } from "../api/types";
import { useWords } from "../words";

interface HoursProps {
  value?: VoucherHours[];
  onChange?: (hours: VoucherHours[]) => void;
}

const FRESH: VoucherHours = { days: [1, 2, 3, 4, 5], from: "10:00", until: "22:00" };
/** As many as the API takes. */
const MOST = 21;

export function HoursInput({ value = [], onChange }: HoursProps) {
  const { vouchers, kit } = useWords();
  const days = vouchers.weekdays.map((label, place) => ({ label, value: place + 1 }));
  const set = (place: number, next: Partial<VoucherHours>) =>
    onChange?.(value.map((one, at) => (at === place ? { ...one, ...next } : one)));
  return (
    <div className="rows">
      {value.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other name while it is typed
        <fieldset key={place} aria-label={`${vouchers.hoursAdd} ${place + 1}`}>
          <Checkbox.Group
            value={one.days}
            options={days}
            onChange={next => set(place, { days: next.toSorted((a, b) => a - b) })}
          />
          <Clock label={vouchers.hoursFrom} value={one.from} change={from => set(place, { from })} />
          <Clock label={vouchers.hoursUntil} end value={one.until} change={until => set(place, { until })} />
          <Button
            type="text"
            danger
            aria-label={kit.remove}
            onClick={() => onChange?.(value.filter((_, at) => at !== place))}
          >
            ✕
          </Button>
        </fieldset>
      ))}
      <Button type="dashed" disabled={value.length >= MOST} onClick={() => onChange?.([...value, FRESH])}>
        ＋ {vouchers.hoursAdd}
      </Button>
    </div>
  );
}

interface ClockProps {
  label: string;
  end?: boolean;
  value: string;
  change: (next: string) => void;
}

/** Midnight at a day's end is `24:00`, which a browser's clock cannot say: as an end, its 00:00 is that. */
function Clock({ label, end, value, change }: ClockProps) {
  return (
    <label className="clock">
      <span className="muted">{label}</span>
      <input
        type="time"
        value={value === "24:00" ? "00:00" : value}
        onChange={({ target }) => target.value && change(end && target.value === "00:00" ? "24:00" : target.value)}
      />
    </label>
  );
}
