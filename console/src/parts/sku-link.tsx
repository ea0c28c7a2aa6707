/** A SKU by its name, as a link to its settings. */

import { Link } from "@tanstack/react-router";
import { Copy } from "../kit/values";
import { useWords } from "../words";
import { useSkuName } from "./catalog";

export function SkuLink({ id }: { id: string }) {
  const { kit } = useWords();
  const nameOf = useSkuName();
  return (
    <span className="id">
      <Link to={`/skus/${id}`}>{nameOf(id)}</Link>
      <Copy text={id} label={kit.copyId} />
    </span>
  );
}
