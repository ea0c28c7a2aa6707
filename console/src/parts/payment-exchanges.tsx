/** What was said to a channel about a payment and what it said, as a timeline that people read. */

import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { PaymentExchange } from "../api/types";
import { Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { State, type Tone, When } from "../kit/values";
import { codeOf, fateOf, isWaiting, meaningOf, readable, shortPath } from "../lib/exchange";
import { useWords } from "../words";

/** While somebody may pay, it is looked at again: a question to a channel is no fact that is told. */
const AGAIN_MS = 10_000;

interface ExchangesProps {
  payment: string;
  /** Whether more may come by itself. */
  open: boolean;
  /** Only what names this, such as a refund. */
  about?: string;
}

export function Exchanges({ payment, open, about }: ExchangesProps) {
  const { exchanges } = useWords();
  const asked = useQuery({
    queryKey: ["payments", payment, "exchanges"],
    queryFn: () => take(api.GET("/v1/payments/{id}/exchanges", { params: { path: { id: payment } } })),
    refetchInterval: open && AGAIN_MS,
  });
  const names = (one: PaymentExchange) => !about || isAbout(one, about);
  const rows = asked.data?.data.filter(names) ?? [];
  return (
    <Section title={exchanges.title} note={exchanges.note}>
      {asked.isPending && <Waiting />}
      {asked.error && <Trouble error={asked.error} retry={() => void asked.refetch()} />}
      {asked.data && rows.length === 0 && <p className="muted">{exchanges.none}</p>}
      <ol className="story exchanges">
        {rows.map((one, place) => (
          // Two may be of the same instant; they are never put in another order.
          // biome-ignore lint/suspicious/noArrayIndexKey: they only grow at the end
          <Entry key={place} of={one} />
        ))}
      </ol>
    </Section>
  );
}

/** A sealed notice of a refund doesn't say of which; it may be this one. */
function isAbout(one: PaymentExchange, id: string): boolean {
  const sealed = meaningOf(one).startsWith("noticeRefund") && !/rfd_/.test(one.request);
  return sealed || [one.path, one.request, one.answer].some(text => text.includes(id));
}

const TONES: Record<ReturnType<typeof fateOf>, Tone> = { done: "calm", taken: "good", refused: "bad", silent: "care" };

function Entry({ of }: { of: PaymentExchange }) {
  const { exchanges, kit } = useWords();
  const fate = fateOf(of);
  const meaning = meaningOf(of);
  const code = codeOf(of);
  const waiting = isWaiting(of);
  const told = code && exchanges.codes[code];
  const notice = of.method === "NOTICE";
  return (
    <li>
      <State tone={waiting ? "calm" : meaning === "noticeRefundFailed" ? "bad" : TONES[fate]}>
        {exchanges.meanings[meaning]}
        {kit.colon}
        {told ?? exchanges.fates[fate]}
      </State>
      <span className="muted">
        <When at={of.at} full /> <code>{shortPath(of.path)}</code> {typeof of.status === "number" && of.status}{" "}
        {code && <code>{code}</code>}
      </span>
      <details>
        <summary>{notice ? exchanges.notice : `${exchanges.request}${kit.comma}${exchanges.answer}`}</summary>
        <Body title={notice ? undefined : exchanges.request} text={of.request} />
        {!notice && <Body title={exchanges.answer} text={of.status ? of.answer : exchanges.noAnswer + of.answer} />}
      </details>
    </li>
  );
}

function Body({ title, text }: { title: string | undefined; text: string }) {
  const { exchanges } = useWords();
  return (
    <>
      {title && <small className="muted">{title}</small>}
      <pre className="mono json body">{text === "" ? exchanges.empty : readable(text)}</pre>
    </>
  );
}
