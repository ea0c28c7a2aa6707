/** Roughly what a buyer will see, while it is typed. */

import { plain, sign } from "../lib/money";
import { useWords } from "../words";
import type { First, SoldKind } from "./first-product";
import { Thumb } from "./thumb";

export function Sketch({ kind, of }: { kind: SoldKind; of: Partial<First> }) {
  const { name, price, currency = "CNY", description, picture } = of;
  const { catalog } = useWords();
  const [yuan, fen] = price && typeof price === "object" ? plain({ ...price, currency }).split(".") : ["0", "00"];
  return (
    <figure className="sketch">
      <figcaption>
        {catalog.preview} <small className="muted">{catalog.previewSketch}</small>
      </figcaption>
      <div className="sketch-page">
        <Thumb of={{ picture: picture ?? null }} />
        <strong>{name || catalog.nameHint}</strong>
        <p className="sketch-price">
          <small>{sign(currency)}</small>
          {yuan}
          {fen !== undefined && <small>.{fen}</small>}
        </p>
        {description && <p>{description}</p>}
        <p className="muted">{kind === "voucher" ? catalog.ticketAtOnce : catalog.deliveredAtOnce}</p>
        <span className="sketch-buy" aria-hidden="true">
          {catalog.buy}
        </span>
      </div>
    </figure>
  );
}
