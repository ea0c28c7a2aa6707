/** Recovery codes, which are shown once. */

import { Alert } from "antd";
import { Copy } from "../kit/values";
import { useWords } from "../words";

export function RecoveryCodes({ codes }: { codes: string[] }) {
  const { session } = useWords();
  return (
    <>
      <Alert type="warning" showIcon title={session.codesTitle} description={session.codesText} />
      <ul className="recovery">
        {codes.map(code => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p>
        {session.copyCodes} <Copy text={codes.join("\n")} label={session.copyCodes} />
      </p>
    </>
  );
}
