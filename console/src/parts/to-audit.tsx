/** The way from a thing to its whole story, for whoever may read it. */

import { Go } from "../kit/page";
import { useCan } from "../session/context";
import { useWords } from "../words";

export function ToAudit({ of }: { of: string }) {
  const { frame } = useWords();
  const can = useCan();
  return can("audit:read") && <Go to={`/audit?object=${of}`}>{frame.pages.audit}</Go>;
}
