/** The form of what each shop has one of, whatever its kind, with its history. */

import { OfKind } from "../parts/of-kind";
import { TheOne } from "../parts/the-one-form";

export default function TheOnePage() {
  return <OfKind>{kind => <TheOne key={kind.plural} kind={kind} />}</OfKind>;
}
