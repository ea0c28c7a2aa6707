/** What a fact of the journal is called, with its word in the API beside it, by which it is filtered. */

import { useWords } from "../words";
import { useKinds } from "./kinds";
import { useTongue } from "./of-kind";

export function FactName({ of }: { of: string }) {
  const { facts, resourceFacts } = useWords();
  const { kinds } = useKinds();
  const tongue = useTongue();
  const [noun = "", verb = ""] = of.split(".");
  const kind = kinds.find(one => one.kind === noun)?.words[tongue];
  const say = (resourceFacts as Record<string, (kind: string) => string>)[verb];
  const words = (facts as Record<string, string>)[of] ?? (kind && say?.(kind));
  return (
    <span>
      {words} <code className="muted">{of}</code>
    </span>
  );
}
