/** What buyers read of a product, as a form. */

import { createElement } from "react";
import type { Group } from "../kit/fields";
import type { Words } from "../words";
import { PictureInput } from "./picture-input";

export function productGroups({ catalog, kit }: Words): Group[] {
  const kinds = Object.entries(catalog.inputKinds).map(([value, label]) => ({ value, label }));
  return [
    {
      title: catalog.product,
      fields: [
        { kind: "text", name: "name", label: catalog.name, required: true, max: 200 },
        { kind: "switch", name: "on_shelf", label: catalog.onShelf },
        { kind: "long", name: "description", label: catalog.description, help: catalog.descriptionHelp },
        { kind: "text", name: "category", label: catalog.category, help: catalog.categoryHelp },
        {
          kind: "own",
          name: "picture",
          label: catalog.picture,
          help: catalog.pictureHelp,
          input: createElement(PictureInput),
        },
        { kind: "lines", name: "guide", label: catalog.guide, help: catalog.guideHelp, hint: kit.oneLine },
      ],
    },
    {
      title: catalog.input,
      help: catalog.inputHelp,
      fields: [
        {
          kind: "rows",
          name: "input",
          label: catalog.input,
          most: 6,
          add: catalog.inputAdd,
          fresh: { code: "", name: "", kind: "text", required: true },
          cells: [
            { kind: "text", name: "code", label: catalog.inputCode },
            { kind: "text", name: "name", label: catalog.name },
            { kind: "choice", name: "kind", label: catalog.inputKind, choices: kinds },
            { kind: "text", name: "hint", label: catalog.inputHint },
            { kind: "switch", name: "required", label: catalog.inputRequired },
          ],
        },
      ],
    },
    {
      title: catalog.english,
      help: catalog.englishHelp,
      fields: [
        { kind: "text", name: "en.name", label: catalog.name },
        { kind: "long", name: "en.description", label: catalog.description },
        { kind: "text", name: "en.category", label: catalog.category },
        { kind: "lines", name: "en.guide", label: catalog.guide, hint: kit.oneLine },
      ],
    },
  ];
}
