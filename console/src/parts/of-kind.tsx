/** What the pages of resources have in common: the kind that the address names, and its name. */

import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Page, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import type { Kind } from "../lib/resource";
import { useSpoken } from "../words";
import { useKinds } from "./kinds";

export const useTongue = (): "zh" | "en" => (useSpoken().language === "en" ? "en" : "zh");

interface OfKindProps {
  /** The kind, where the address does not name it. */
  plural?: string;
  children: (kind: Kind, id: string) => ReactNode;
}

export function OfKind({ plural: own, children }: OfKindProps) {
  const { plural = own, id = "" } = useParams({ strict: false }) as { plural?: string; id?: string };
  const { words } = useSpoken();
  const { kinds, isPending, error } = useKinds();
  const kind = kinds.find(one => one.plural === plural);
  if (isPending) return <Waiting />;
  if (kind) return children(kind, id);
  return (
    <Page title={words.frame.lost} back={{ to: "/resources", text: words.settings.resourcesTitle }}>
      {error ? <Trouble error={error} /> : <p>{words.frame.lostText}</p>}
    </Page>
  );
}
