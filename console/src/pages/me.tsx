/** One's own account: the browsers in which one is signed in, password, second factor, passkeys, recovery codes. */

import { useQuery } from "@tanstack/react-query";
import { Act } from "../kit/act";
import { Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { State, When } from "../kit/values";
import { browserOf } from "../lib/agent";
import { OwnCodes, OwnFactor } from "../parts/own-factor";
import { OwnPasskeys } from "../parts/own-passkeys";
import { OwnPassword } from "../parts/own-password";
import { endSession, ownSessions } from "../session/account";
import { useSession } from "../session/context";
import { useWords } from "../words";

export default function Me() {
  const { frame, session } = useWords();
  const { person } = useSession();
  return (
    <Page title={frame.account} intro={`${person.name} · ${person.email}`}>
      <Sessions />
      <OwnPasskeys />
      <OwnFactor />
      <OwnCodes />
      <Section title={session.password}>
        <OwnPassword />
      </Section>
    </Page>
  );
}

function Sessions() {
  const { session } = useWords();
  const asked = useQuery({ queryKey: ["own", "sessions"], queryFn: ownSessions });
  const others = (asked.data ?? []).filter(one => !one.current).length;
  const all = others > 0 && (
    <Act
      word={session.endOthers}
      title={session.endOthersTitle(others)}
      text={session.endText}
      run={() => endSession("others")}
    />
  );
  return (
    <Section title={session.sessions} acts={all}>
      <p className="muted">{session.sessionsText}</p>
      {asked.isPending && <Waiting />}
      {asked.error && <Trouble error={asked.error} />}
      <ul className="own">
        {asked.data?.map(one => (
          <li key={one.id}>
            <span title={one.agent}>{browserOf(one.agent)}</span>
            <span className="muted number">{one.address}</span>
            <span className="muted">
              {session.seen} <When at={one.seen_at} />
            </span>
            {one.current ? (
              <State tone="good">{session.thisOne}</State>
            ) : (
              <Act
                word={session.end}
                title={session.endTitle(browserOf(one.agent))}
                text={session.endText}
                run={() => endSession(one.id)}
              />
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
