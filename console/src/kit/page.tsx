/** What every page is made of: a title, sections, empty states. */

import { Link, useRouter } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactNode, useEffect, useId } from "react";
import { useWords } from "../words";

interface PageProps {
  title: string;
  intro?: ReactNode;
  /** Where it goes back to. */
  back?: { to: string; text: string };
  /** What can be done here. */
  acts?: ReactNode;
  children: ReactNode;
}

export function Page({ title, intro, back, acts, children }: PageProps) {
  const { frame } = useWords();
  useEffect(() => {
    document.title = `${title} · ${frame.product}`;
  }, [title, frame]);
  return (
    <article className="page">
      <header className="page-head">
        <div>
          {back && (
            <Link to={back.to} className="back">
              ← {back.text}
            </Link>
          )}
          <h1>{title}</h1>
          {intro && <p className="muted">{intro}</p>}
        </div>
        {acts && <div className="acts">{acts}</div>}
      </header>
      {children}
    </article>
  );
}

export function Section({
  title,
  acts,
  note,
  children,
}: {
  title: string;
  acts?: ReactNode;
  note?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {note && <span className="muted">{note}</span>}
        {acts && <div className="acts">{acts}</div>}
      </header>
      {children}
    </section>
  );
}

/** Nothing is here yet: says how something comes here. */
export function Nothing({ title, text, children }: { title: string; text: ReactNode; children?: ReactNode }) {
  return (
    <div className="nothing">
      <svg width="72" height="40" viewBox="0 0 72 40" aria-hidden="true">
        <path
          d="M4 4h64v10a6 6 0 0 0 0 12v10H4V26a6 6 0 0 0 0-12z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
        />
        <path d="M50 6v28" stroke="currentColor" strokeWidth="1.5" strokeDasharray="3 3" />
      </svg>
      <h2>{title}</h2>
      <p>{text}</p>
      {children && <div className="acts">{children}</div>}
    </div>
  );
}

export function Waiting() {
  const { frame } = useWords();
  return (
    <div className="waiting" role="status" aria-live="polite">
      <span className="visually-hidden">{frame.loading}</span>
      <i />
      <i />
      <i />
    </div>
  );
}

/** A button that leads to another page. */
export function Go({ to, primary, children }: { to: string; primary?: boolean; children: ReactNode }) {
  const router = useRouter();
  const { href } = router.buildLocation({ to });
  return (
    <Button
      type={primary ? "primary" : "default"}
      href={router.history.createHref(href)}
      onClick={event => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        void router.navigate({ to });
      }}
    >
      {children}
    </Button>
  );
}

/** A button that opens a buyer's page beside the console. */
export const Away = ({ to, primary, children }: { to: string; primary?: boolean; children: ReactNode }) => (
  <Button type={primary ? "primary" : "default"} href={to} target="_blank" rel="noreferrer">
    {children} ↗
  </Button>
);
