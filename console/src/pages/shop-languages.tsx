/** Which languages the pages of the shop speak. */

import { OfKind } from "../parts/of-kind";
import { TheOne } from "../parts/the-one-form";
import { useWords } from "../words";

export default function ShopLanguages() {
  const { settings } = useWords();
  const back = { to: "/shop", text: settings.shopTitle };
  return <OfKind plural="shop_languages">{kind => <TheOne kind={kind} back={back} />}</OfKind>;
}
