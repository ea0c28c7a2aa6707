/** The voucher that a code finds, as its holder shows it. What is typed never stands in the address. */

import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Alert, Input } from "antd";
import { useState } from "react";
import { api } from "../api/client";
import { codeOf, take } from "../api/problem";
import { Trouble } from "../kit/trouble";
import { useWords } from "../words";

export function FindVoucher() {
  const { vouchers } = useWords();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const finding = useMutation({
    gcTime: 0,
    mutationFn: (code: string) => take(api.POST("/v1/vouchers/lookup", { body: { code } })),
    onSuccess: found => void navigate({ to: `/vouchers/${found.id}` }),
  });
  const type = (text: string) => {
    finding.reset();
    setTyped(text);
  };
  return (
    <>
      <Input.Search
        className="find"
        aria-label={vouchers.findHint}
        placeholder={vouchers.findHint}
        enterButton={vouchers.find}
        autoComplete="off"
        value={typed}
        loading={finding.isPending}
        onChange={event => type(event.target.value)}
        onSearch={text => text.trim() && finding.mutate(text.trim())}
      />
      {finding.error && (codeOf(finding.error) === "not_found" ? <None /> : <Trouble error={finding.error} />)}
    </>
  );
}

function None() {
  const { vouchers } = useWords();
  return (
    <Alert type="warning" showIcon role="alert" title={vouchers.noSuchCode} description={vouchers.noSuchCodeText} />
  );
}
