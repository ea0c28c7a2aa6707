/** How the last thirty days went, for lines in the size of a word. */

import { presets } from "../lib/period";
import { day } from "../lib/time";
import { useCan, useMerchant } from "../session/context";
import { currenciesOf, lined, type Measure, numberOf, timesOf, useSales } from "./sales";

/** The values of a measure by day, in the currency of most orders; nothing as long as they aren't known. */
export function useTrend(): (measure: Measure) => number[] | undefined {
  const { zone } = useMerchant();
  const can = useCan();
  const period = presets(day(new Date(), zone)).month;
  const { data } = useSales(period, "day", {}, can("orders:read"));
  const [currency] = data ? currenciesOf(data.totals) : [];
  if (!data || !currency) return () => undefined;
  const days = timesOf(period, "day");
  const lines = lined({ now: data.data, before: [] }, "day", [days, []], { currency, zone });
  return measure => lines.map(({ now }) => numberOf(now, measure));
}
