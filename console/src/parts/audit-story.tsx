/** The story of one thing as the audit knows it: what was done, why, when, by whom and from where. */

import type { AuditEntry } from "../api/types";
import { Id, State, When } from "../kit/values";
import { useWords } from "../words";
import { reasonOf } from "./audit";
import { Detail } from "./detail";
import { FactName } from "./fact-name";

export const AuditStory = ({ rows }: { rows: readonly AuditEntry[] }) => (
  <div className="section">
    <ol className="story audit-story">
      {rows.map(one => (
        <Entry key={one.seq} of={one} />
      ))}
    </ol>
  </div>
);

function Entry({ of }: { of: AuditEntry }) {
  const { kit, settings } = useWords();
  const reason = reasonOf(of);
  return (
    <li>
      <State tone={of.kind.endsWith("refused") ? "bad" : "calm"}>
        <span>
          <FactName of={of.kind} />
          {reason && kit.colon + reason}
        </span>
      </State>
      <span className="muted">
        <When at={of.at} full /> {of.actor && <Id id={of.actor} />} {of.object && <Id id={of.object} />}{" "}
        {of.address && settings.from(of.address)}
      </span>
      <Detail of={of.data} />
    </li>
  );
}
