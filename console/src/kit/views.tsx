/** Filters and order of a list under a name, kept in the browser. What isn't in the address is never kept. */

import { Button, Input, Popover } from "antd";
import { useState } from "react";
import { change, type Query, writeQuery } from "../lib/address";
import { useWords } from "../words";

interface View {
  name: string;
  query: Query;
}

const keyOf = (list: string) => `tessera.views.${list}`;

function read(list: string): View[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(list)) ?? "[]");
    return Array.isArray(kept) ? (kept as View[]) : [];
  } catch {
    return [];
  }
}

interface ViewsProps {
  list: string;
  query: Query;
  open: (query: Query) => void;
}

export function Views({ list, query, open }: ViewsProps) {
  const { kit } = useWords();
  const [views, setViews] = useState(() => read(list));
  const [name, setName] = useState("");
  const now = change(query, {});
  const keep = (next: View[]) => {
    localStorage.setItem(keyOf(list), JSON.stringify(next));
    setViews(next);
  };
  const save = () => {
    if (!name.trim()) return;
    keep([...views.filter(view => view.name !== name.trim()), { name: name.trim(), query: now }]);
    setName("");
  };
  const here = views.find(view => writeQuery(view.query) === writeQuery(now));
  const content = (
    <div className="views">
      {views.length === 0 && <p className="muted">{kit.noViews}</p>}
      {views.map(view => (
        <div key={view.name} className="view">
          <Button type={view === here ? "primary" : "text"} onClick={() => open(view.query)}>
            {view.name}
          </Button>
          <Button
            type="text"
            aria-label={`${kit.remove} ${view.name}`}
            onClick={() => keep(views.filter(one => one !== view))}
          >
            ✕
          </Button>
        </div>
      ))}
      <Input
        aria-label={kit.viewName}
        placeholder={kit.viewName}
        maxLength={40}
        value={name}
        onChange={event => setName(event.target.value)}
        onPressEnter={save}
      />
      <Button onClick={save} disabled={!name.trim()}>
        {kit.saveView}
      </Button>
    </div>
  );
  return (
    <Popover content={content} trigger="click" placement="bottomRight">
      <Button>{here?.name ?? kit.views}</Button>
    </Popover>
  );
}
