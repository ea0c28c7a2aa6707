/** What stands around the pages before the door: the name, the promise, the other language. */

import { Button } from "antd";
import type { ReactNode } from "react";
import { useSpeak } from "../app/language";
import { LANGUAGES, type Language, useSpoken } from "../words";

export function Door({ title, children }: { title: string; children: ReactNode }) {
  const { language, words } = useSpoken();
  const { frame, session } = words;
  const speak = useSpeak();
  const others = (Object.keys(LANGUAGES) as Language[]).filter(one => one !== language);
  document.title = `${title} · ${frame.product}`;
  return (
    <main className="door">
      <header>
        <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width="48" height="48" />
        <div>
          <strong>{frame.product}</strong>
          <p className="muted">{session.promise}</p>
        </div>
        {others.map(one => (
          <Button key={one} type="text" lang={one} onClick={() => speak(one)}>
            {LANGUAGES[one]}
          </Button>
        ))}
      </header>
      <div className="door-cards">{children}</div>
    </main>
  );
}
