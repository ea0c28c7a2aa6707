/** What somebody sees whose password is too old: he chooses another one, or leaves. */

import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { Door } from "../parts/door";
import { OwnPassword } from "../parts/own-password";
import { SESSION } from "../session/context";
import { door } from "../session/door";
import { signOut } from "../session/session";
import { useWords } from "../words";

export function MustChange() {
  const { session, frame } = useWords();
  const queries = useQueryClient();
  const leave = async () => {
    await signOut();
    door.lost();
  };
  return (
    <Door title={session.mustChange}>
      <section className="section">
        <h1>{session.mustChange}</h1>
        <p>{session.mustChangeText}</p>
        <OwnPassword primary done={() => void queries.invalidateQueries({ queryKey: SESSION })} />
        <p className="reason">
          <Button type="link" className="inline" onClick={leave}>
            {frame.signOut}
          </Button>
        </p>
      </section>
    </Door>
  );
}
