/** Tells a merchant's people that the operator suspended it, and why. */

import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { api } from "../api/client";
import { take } from "../api/problem";
import { useCan, useMerchant } from "../session/context";
import { selected } from "../session/place";
import { useWords } from "../words";

export function Suspended() {
  const { terms } = useWords();
  const { id, mode } = useMerchant();
  const can = useCan();
  const { data } = useQuery({
    queryKey: ["merchant_terms", selected()],
    queryFn: () => take(api.GET("/v1/merchant_terms")),
    // Test mode goes on whatever they say.
    enabled: id !== "" && mode === "live" && can("catalog:read"),
  });
  if (!data?.suspended) return null;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      className="suspended"
      title={terms.alertTitle}
      description={
        <>
          {data.reason && (
            <p>
              {terms.alertReason}
              <strong>{data.reason}</strong>
            </p>
          )}
          <p>{terms.alertText}</p>
        </>
      }
    />
  );
}
