/** The shop's style, with the shop beside it. */

import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Shop } from "../api/types";
import type { Group } from "../kit/fields";
import { FormPage } from "../kit/form-page";
import { Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { LogoInput } from "../parts/logo-input";
import { paintShop, type ShopForm } from "../parts/paint";
import { ShopPreview } from "../parts/preview";
import { ShareCard, ShareInput } from "../parts/share-input";
import { smallOf } from "../parts/upload-button";
import { useWords, type Words } from "../words";

/** The logo is sent when another one was chosen, null when it goes; what is there already is not. */
const bodyOf = ({ logo, share, ...rest }: Partial<ShopForm>) => ({
  ...rest,
  ...(logo !== undefined && { logo: logo?.data ?? null }),
  ...(share !== undefined && { share: share?.id ?? null }),
});

function groups({ kit, settings }: Words, logo: string | undefined): Group[] {
  const both = (name: "name" | "greeting" | "contact", label: string, help?: string) =>
    [
      { kind: "text", name: `${name}.zh`, label: label + kit.aside(settings.inZh), max: 200, help },
      { kind: "text", name: `${name}.en`, label: label + kit.aside(settings.inEn), max: 200 },
    ] as const;
  return [
    {
      title: settings.shopTitle,
      fields: [
        ...both("name", settings.shopName),
        ...both("greeting", settings.greeting, settings.greetingHelp),
        ...both("contact", settings.contact, settings.contactHelp),
        { kind: "colour", name: "colour", label: settings.colour, help: settings.colourHelp },
        { kind: "own", name: "logo", label: settings.logo, help: settings.logoHelp, input: <LogoInput now={logo} /> },
        { kind: "own", name: "share", label: settings.share, help: settings.shareHelp, input: <ShareInput /> },
      ],
    },
  ];
}

export default function ShopPage() {
  const words = useWords();
  const asked = useQuery({ queryKey: ["shop"], queryFn: () => take(api.GET("/v1/shop")) });
  if (asked.error) return <Trouble error={asked.error} />;
  if (!asked.data) return <Waiting />;
  const { name, greeting, contact, colour, logo, share, version } = asked.data;
  const own = logo ? new URL(logo.url).pathname : undefined;
  return (
    <FormPage<ShopForm, Shop>
      key={version}
      title={words.settings.shopTitle}
      groups={groups(words, own)}
      initial={{ name, greeting, contact, colour: colour ?? null, share: share ?? null }}
      save={(_, changed) => take(api.PATCH("/v1/shop", { body: bodyOf(changed) }))}
      beside={typed => (
        <>
          <ShopPreview version={version} paint={paintShop(typed)} />
          <ShareCard {...typed} picture={typed.share ? smallOf(typed.share) : (typed.logo?.url ?? own)} />
        </>
      )}
    />
  );
}
