/** What the operator lets a merchant do: suspended or not, and how many requests a minute. */

import { useQueryClient } from "@tanstack/react-query";
import { Form, InputNumber } from "antd";
import { useId, useState } from "react";
import { api } from "../api/client";
import { codeOf, take } from "../api/problem";
import type { Merchant, TermsChange } from "../api/types";
import { Act } from "../kit/act";
import { State } from "../kit/values";
import { count } from "../lib/money";
import { useWords } from "../words";

/** As many as the API takes. */
const MOST = 1_000_000;

export function TermsState({ of: { terms: of } }: { of: Merchant }) {
  const { terms } = useWords();
  return <State tone={of.suspended ? "bad" : "good"}>{of.suspended ? terms.suspended : terms.selling}</State>;
}

export function Rate({ of: { terms: of } }: { of: Merchant }) {
  const { kit, terms } = useWords();
  const most = of.requests_per_minute;
  return <>{typeof most === "number" ? terms.perMinute(count(most)) : kit.unlimited}</>;
}

/** Changes the terms that one sees; where somebody was faster, the page shows his before the dialog is answered again. */
function useEdit({ id, terms_version }: Merchant) {
  const queries = useQueryClient();
  const params = { path: { id }, header: { "If-Match": `"${terms_version}"` } };
  return async (body: TermsChange) => {
    try {
      return await take(api.PATCH("/v1/merchants/{id}/terms", { params, body }));
    } catch (error) {
      if (codeOf(error) === "precondition_failed") void queries.invalidateQueries({ queryKey: ["merchants"] });
      throw error;
    }
  };
}

export function Suspend({ of }: { of: Merchant }) {
  const { terms } = useWords();
  const edit = useEdit(of);
  if (of.terms.suspended) {
    return (
      <Act
        word={terms.lift}
        primary
        title={terms.liftTitle(of.name)}
        text={terms.liftText}
        run={() => edit({ suspended: false, reason: null })}
      />
    );
  }
  const text = (
    <ul className="effects">
      {terms.suspendTexts.map(line => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
  return (
    <Act
      word={terms.suspend}
      danger
      title={terms.suspendTitle(of.name)}
      text={text}
      reason="required"
      reasonHint={terms.reasonHint}
      run={reason => edit({ suspended: true, reason })}
    />
  );
}

export function Limit({ of }: { of: Merchant }) {
  const { terms } = useWords();
  const edit = useEdit(of);
  const field = useId();
  const now = of.terms.requests_per_minute ?? null;
  const [most, setMost] = useState(now);
  return (
    <>
      <Act
        word={now === null ? terms.setLimit : terms.changeLimit}
        title={terms.limitTitle(of.name)}
        text={terms.limitText}
        ready={most !== null && most !== now}
        run={() => edit({ requests_per_minute: most })}
      >
        <Form layout="vertical" component="div" className="reason">
          <Form.Item htmlFor={field} label={terms.limitField}>
            <InputNumber
              id={field}
              className="short"
              precision={0}
              min={1}
              max={MOST}
              suffix={terms.limitUnit}
              value={most}
              onChange={setMost}
            />
          </Form.Item>
        </Form>
      </Act>
      {now !== null && (
        <Act
          word={terms.removeLimit}
          title={terms.removeTitle(of.name)}
          text={terms.removeText}
          run={() => edit({ requests_per_minute: null })}
          done={() => setMost(null)}
        />
      )}
    </>
  );
}
