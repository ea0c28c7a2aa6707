/** What stands behind a row, as the API tells it. */

import { useWords } from "../words";

export function Detail({ of }: { of: unknown }) {
  const { money } = useWords();
  return (
    <details>
      <summary>{money.detail}</summary>
      <pre className="mono json">{JSON.stringify(of, null, 2)}</pre>
    </details>
  );
}
