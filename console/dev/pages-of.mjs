// The pages that are photographed: name, path, and what is done before.

export function pagesOf(ready, seeded) {
  return [
    ["sign-in", "/"],
    ["home", "/"],
    ["orders", "/orders"],
    ["orders-nothing", "/orders?external_id=none"],
    ["help", "/orders", page => page.keyboard.press("?")],
    [
      "search",
      "/orders",
      async page => {
        await page.keyboard.press("/");
        await page.getByRole("combobox").last().fill("T20261129-0042");
        await page.getByRole("option").first().waitFor();
      },
    ],
    ["order", `/orders/${seeded.order}`],
  ];
}
