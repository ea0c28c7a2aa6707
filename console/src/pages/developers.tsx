/** Where whoever connects a program begins: test mode, keys, and what the API can do. */

import { Away, Go, Page, Section } from "../kit/page";
import { ModeSwitch } from "../parts/mode-switch";
import { useCan, useMerchant } from "../session/context";
import { useSpoken } from "../words";

export default function DevelopersPage() {
  const { language, words } = useSpoken();
  const { developers, frame } = words;
  const { mode } = useMerchant();
  const can = useCan();
  return (
    <Page title={developers.title} intro={developers.intro}>
      <Section title={developers.mode} note={mode && developers.modeNow(frame.modes[mode])} acts={<ModeSwitch />}>
        <p>{developers.modeText}</p>
      </Section>
      {can("keys:read") && (
        <Section title={frame.pages.keys} acts={<Go to="/keys">{developers.toKeys}</Go>}>
          <p>{developers.keysText}</p>
        </Section>
      )}
      {can("keys:read") && (
        <Section title={frame.pages.requests} acts={<Go to="/requests">{developers.toRequests}</Go>}>
          <p>{developers.requestsText}</p>
        </Section>
      )}
      <Section
        title={developers.reference}
        acts={
          <>
            <Go to="/developers/reference">{developers.operations}</Go>
            <Away to={`/docs?lang=${language}`}>{developers.whole}</Away>
            <Away to="/openapi.json">OpenAPI</Away>
          </>
        }
      >
        <p>{developers.referenceText}</p>
      </Section>
    </Page>
  );
}
