/** What buyers are told on the pages of the shop. */

import { OfKind } from "../parts/of-kind";
import { TheOne } from "../parts/the-one-form";
import { useWords } from "../words";

export default function ShopMessages() {
  const { settings } = useWords();
  const back = { to: "/shop", text: settings.shopTitle };
  return <OfKind plural="shop_messages">{kind => <TheOne kind={kind} back={back} />}</OfKind>;
}
