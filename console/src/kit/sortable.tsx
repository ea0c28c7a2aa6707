/** A list whose order a person makes: by dragging a row, or with the keyboard. Each move is told at once. */

import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";
import { useWords } from "../words";
import { Trouble } from "./trouble";

interface SortableProps<T> {
  rows: readonly T[];
  id: (row: T) => string;
  name: (row: T) => string;
  row: (row: T) => ReactNode;
  /** Puts one behind another, or first. */
  move: (id: string, behind: string | null) => Promise<unknown>;
}

/** Less than this is a click. */
const DRAG_PX = 4;

export function Sortable<T>({ rows, id, name, row, move }: SortableProps<T>) {
  const { kit } = useWords();
  // While a move is on its way the rows stand as they were put.
  const [put, setPut] = useState<readonly T[]>();
  const shown = put ?? rows;
  const ids = shown.map(id);
  const moving = useMutation({
    mutationFn: ({ moved, behind }: { moved: string; behind: string | null }) => move(moved, behind),
    onSettled: () => setPut(undefined),
  });
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: DRAG_PX } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const ended = ({ active, over }: DragEndEvent) => {
    const [from, to] = [ids.indexOf(String(active.id)), ids.indexOf(String(over?.id))];
    if (from < 0 || to < 0 || from === to) return;
    const next = arrayMove([...shown], from, to);
    const before = next[to - 1];
    setPut(next);
    moving.mutate({ moved: String(active.id), behind: before ? id(before) : null });
  };
  const said = (of: string | number | undefined) => {
    const place = ids.indexOf(String(of));
    const one = shown[place];
    return { name: one ? name(one) : "", place: place + 1 };
  };
  // Whoever picks a row up is over its own place at once, which would be told over the picking up.
  const fresh = useRef(true);
  const announcements: Announcements = {
    onDragStart: ({ active }) => {
      fresh.current = true;
      return kit.sortPicked(said(active.id).name, said(active.id).place, ids.length);
    },
    onDragOver: ({ active, over }) => {
      const own = fresh.current && over?.id === active.id;
      fresh.current = false;
      return over && !own ? kit.sortOver(said(active.id).name, said(over.id).place, ids.length) : undefined;
    },
    onDragEnd: ({ active, over }) => kit.sortPut(said(active.id).name, said(over?.id ?? active.id).place, ids.length),
    onDragCancel: ({ active }) => kit.sortLeft(said(active.id).name),
  };
  return (
    <>
      {moving.error && <Trouble error={moving.error} />}
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragEnd={ended}
        accessibility={{ announcements, screenReaderInstructions: { draggable: kit.sortHelp } }}
      >
        <SortableContext items={ids} strategy={verticalListSortingStrategy}>
          <ol className="sortable">
            {shown.map(one => (
              <Item key={id(one)} id={id(one)} name={name(one)}>
                {row(one)}
              </Item>
            ))}
          </ol>
        </SortableContext>
      </DndContext>
    </>
  );
}

function Item({ id, name, children }: { id: string; name: string; children: ReactNode }) {
  const { kit } = useWords();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id,
  });
  const style = { transform: transform ? `translate3d(0, ${transform.y}px, 0)` : undefined, transition };
  return (
    <li ref={setNodeRef} style={style} className={isDragging ? "dragged" : undefined}>
      <button
        type="button"
        className="handle"
        ref={setActivatorNodeRef}
        {...attributes}
        {...listeners}
        aria-roledescription={kit.sortRole}
        aria-label={kit.sortMove(name)}
      >
        <svg width="14" height="14" viewBox="0 0 14 14" fill="currentColor" aria-hidden="true">
          <path d="M4 2h2v2H4zm4 0h2v2H8zM4 6h2v2H4zm4 0h2v2H8zm-4 4h2v2H4zm4 0h2v2H8z" />
        </svg>
      </button>
      {children}
    </li>
  );
}
