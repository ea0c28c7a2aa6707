/** Search by anything, and the way to any page, from the keyboard. */

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { Input, type InputRef, Modal } from "antd";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Trouble } from "../kit/trouble";
import { brief } from "../lib/ids";
import { PAGES } from "../pages";
import { useCan } from "../session/context";
import { useWords } from "../words";
import { type Found, search } from "./search";

const PAUSE_MS = 250;

export function SearchBox({ open, close }: { open: boolean; close: () => void }) {
  const { frame } = useWords();
  const field = useRef<InputRef>(null);
  return (
    <Modal
      open={open}
      onCancel={close}
      footer={null}
      title={frame.search}
      destroyOnHidden
      afterOpenChange={shown => shown && field.current?.focus()}
    >
      <Body close={close} field={field} />
    </Modal>
  );
}

function Body({ close, field }: { close: () => void; field: React.RefObject<InputRef | null> }) {
  const { frame } = useWords();
  const router = useRouter();
  const can = useCan();
  const list = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const text = usePause(typed.trim());
  const asked = useQuery({
    queryKey: ["search", text],
    queryFn: () => search(text, can),
    enabled: text !== "",
    gcTime: 0,
  });
  const pages = PAGES.flatMap(({ menu, path, scope }): Found[] => {
    const title = menu && frame.pages[menu.name];
    return title && can(scope) && typed && title.toLowerCase().includes(typed.trim().toLowerCase())
      ? [{ kind: "page", id: path, title, path }]
      : [];
  });
  const found = [...(asked.data ?? []), ...pages];
  const go = (one: Found | undefined) => {
    if (!one) return;
    close();
    void router.navigate({ to: one.path });
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.nativeEvent.isComposing) go(found[at] ?? found[0]);
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, found.length - 1));
    if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
  };
  return (
    <div className="search">
      <Input
        ref={field}
        size="large"
        role="combobox"
        aria-label={frame.search}
        aria-expanded={found.length > 0}
        aria-controls={list}
        aria-activedescendant={found.length ? `${list}-${at}` : undefined}
        placeholder={frame.searchHint}
        value={typed}
        autoComplete="off"
        onChange={event => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={keys}
      />
      <div id={list} role="listbox" aria-label={frame.search}>
        {found.map((one, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
          <div
            key={one.id}
            id={`${list}-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === at}
            onClick={() => go(one)}
          >
            <span className="muted">{(frame.searchKinds as Record<string, string>)[one.kind] ?? one.kind}</span>
            <span>{one.title.length > 24 ? brief(one.title) : one.title}</span>
          </div>
        ))}
      </div>
      {asked.error && <Trouble error={asked.error} />}
      {found.length === 0 && !asked.isFetching && !asked.error && (
        <p className="muted">{text ? frame.searchNothing : frame.searchStart}</p>
      )}
    </div>
  );
}

/** A value that follows once it stands still for a moment. */
function usePause(value: string): string {
  const [still, setStill] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setStill(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return still;
}
