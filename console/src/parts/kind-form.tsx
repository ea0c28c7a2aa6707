/** The fields of a form for any kind of resources, in their groups. */

import type { Field, Group } from "../kit/fields";
import { fieldOf, fieldsOf, groupsOf, isList, type Kind, type Resource, type ResourceField } from "../lib/resource";
import { useWords } from "../words";
import { useTongue } from "./of-kind";
import { ReferenceInput } from "./reference-input";
import { useVocabulary } from "./vocabulary";

export function useGroupsOf(kind: Kind, one?: Resource): Group[] {
  const { kit, settings } = useWords();
  const tongue = useTongue();
  const { known } = useVocabulary();
  const reference = (field: ResourceField): Field => ({
    kind: "own",
    name: field.name,
    label: field.words[tongue],
    required: (kind.schema.required ?? []).includes(field.name),
    input: <ReferenceInput kind={field.refers_to ?? ""} many={isList(kind, field)} known={known(field.name)} />,
  });
  const secret = (field: ResourceField) => {
    const { hint } = (one?.[field.name] ?? {}) as { hint?: string };
    return hint ? settings.secretSet(`••••${hint}`) : settings.secretUnset;
  };
  return groupsOf(kind).map(
    ([name, fields], place): Group => ({
      title: place === 0 ? kind.words[tongue] : (settings.groupNames[name] ?? name),
      fields: fields.flatMap(field => {
        const one = fieldOf(kind, field, tongue, reference, secret(field), name => known(name, kind.kind));
        return fieldsOf(field, one, kind.schema, language => kit.aside(kit.word[language]));
      }),
    }),
  );
}
