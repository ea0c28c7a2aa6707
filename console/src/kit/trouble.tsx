/** What went wrong, and what helps. */

import { Link } from "@tanstack/react-router";
import { Alert, Button } from "antd";
import { codeOf, HeldForApproval, ProblemError } from "../api/problem";
import { approvalPath } from "../session/place";
import { useWords } from "../words";
import { Id } from "./values";

export function Trouble({ error, retry }: { error: unknown; retry?: () => void }) {
  const { approvals, kit, problems, trouble } = useWords();
  if (error instanceof HeldForApproval)
    return (
      <Alert
        type="info"
        showIcon
        title={kit.held}
        description={kit.heldText}
        action={<Link to={approvalPath(error.approval, error.mode)}>{approvals.see}</Link>}
      />
    );
  const { what, cure } = problems[codeOf(error) ?? "internal"] ?? problems.internal;
  const problem = error instanceof ProblemError ? error.problem : undefined;
  const details = problem?.errors?.length
    ? problem.errors
    : problem?.detail
      ? [{ field: "", detail: problem.detail }]
      : [];
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={what}
      action={
        retry && (
          <Button size="small" onClick={retry}>
            {trouble.retry}
          </Button>
        )
      }
      description={
        <>
          <p className="cure">{cure}</p>
          {details.length > 0 && (
            <details>
              <summary>{trouble.said}</summary>
              {details.map(({ field, detail }) => (
                <p key={field + detail} lang="en">
                  {field && <code>{field}</code>} {detail}
                </p>
              ))}
              {problem?.request_id && (
                <p>
                  {trouble.request} <code>{problem.request_id}</code>
                </p>
              )}
            </details>
          )}
          {[...(problem?.ids ?? []), ...(problem?.similar ?? [])].map(id => (
            <p key={id}>
              <Id id={id} />
            </p>
          ))}
        </>
      }
    />
  );
}
