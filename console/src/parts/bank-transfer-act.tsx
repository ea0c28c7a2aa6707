/** Says that a bank transfer came: what it was, and before it is sent, what follows from its amount. */

import { Alert, Form, Input } from "antd";
import { useId, useState } from "react";
import { api } from "../api/client";
import { ProblemError, take } from "../api/problem";
import type { Money, Payment } from "../api/types";
import { Act } from "../kit/act";
import { BAD, MoneyInput } from "../kit/inputs";
import { written } from "../lib/money";
import { useWords } from "../words";
import { isReference, outcomeOf, referenceOf, type Standing } from "./bank-transfer";

interface ConfirmProps {
  payment: Payment;
  standing: Standing;
  /** What the buyer was told to write on it. */
  reference: string | undefined;
  primary: boolean;
}

export function ConfirmTransfer({ payment, standing, reference, primary }: ConfirmProps) {
  const { bankTransfers: words, kit } = useWords();
  const due = payment.amount;
  const [typed, setTyped] = useState("");
  const [came, setCame] = useState<Money | null | typeof BAD>(due);
  const [taken, setTaken] = useState<string>();
  const [referenceField, cameField] = [useId(), useId()];
  const number = referenceOf(typed);
  const amount = came && came !== BAD && came.amount > 0 ? came : undefined;
  const badReference = number !== "" && !isReference(number);
  const wrong = badReference ? words.bankReferenceBad : number !== "" && number === taken && words.bankReferenceTaken;
  const run = async () => {
    if (!amount) throw new Error("the form asks for it");
    const path = { params: { path: { id: payment.id } }, body: { reference: number, amount } };
    try {
      return await take(api.POST("/v1/payments/{id}/confirm", path));
    } catch (error) {
      if (isAboutReference(error)) setTaken(number);
      throw error;
    }
  };
  const done = () => {
    setTyped("");
    setCame(due);
  };
  return (
    <Act
      word={payment.state === "pending" ? words.confirm : words.another}
      primary={primary}
      title={words.confirmTitle(written(due))}
      text={reference ? words.confirmText(reference) : words.confirmTextPlain}
      yes={amount ? words.confirmAct(written(amount)) : words.confirm}
      ready={isReference(number) && amount !== undefined}
      run={run}
      done={done}
    >
      <Form layout="vertical" component="div" className="reason">
        <Form.Item
          htmlFor={referenceField}
          label={words.bankReference}
          validateStatus={wrong ? "error" : ""}
          help={wrong || words.bankReferenceHelp}
        >
          <Input
            id={referenceField}
            className="mono"
            autoComplete="off"
            value={typed}
            onChange={event => setTyped(event.target.value)}
          />
        </Form.Item>
        <Form.Item
          htmlFor={cameField}
          label={words.came}
          validateStatus={amount ? "" : "error"}
          help={amount ? undefined : came === BAD ? kit.notMoney : words.cameBad}
        >
          <MoneyInput id={cameField} value={came} currency={due.currency} onChange={setCame} />
        </Form.Item>
      </Form>
      {amount && <Outcome standing={standing} due={due} came={amount} />}
    </Act>
  );
}

/** A reference that is well written is only refused because it confirmed another payment. */
const isAboutReference = (error: unknown): boolean =>
  error instanceof ProblemError && (error.problem.errors ?? []).some(({ field }) => field === "reference");

function Outcome({ standing, due, came }: { standing: Standing; due: Money; came: Money }) {
  const { bankTransfers: words } = useWords();
  const outcome = outcomeOf(standing, due, came);
  const apart = written({ ...due, amount: Math.abs(came.amount - due.amount) });
  return (
    <Alert
      type={outcome === "goods" ? "info" : "warning"}
      showIcon
      role="status"
      className="follows"
      title={words.outcomes[outcome](written(came), apart)}
      description={outcome === "goods" ? undefined : words.byHand}
    />
  );
}
