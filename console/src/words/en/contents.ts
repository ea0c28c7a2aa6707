/** Texts that buyers share: one content that is sold many times. */

import type { Words } from "../zh";

export const contents: Words["contents"] = {
  title: "Shared content",
  of: name => `Shared content: ${name}`,
  intro:
    "One text or link that many people buy. When it changes, those who bought it find the new version in their orders.",
  open: "Shared content",
  holders: "Held by",
  holdersOf: n => `${n} ${n === 1 ? "order" : "orders"}`,
  newest: "Version now",
  edition: "Version",
  version: n => `Version ${n}`,
  none: "No content yet",
  noneText: "It is sold once its first version is written.",
  write: "Write a new version",
  text: "Content",
  textHelp: "A text or a link, up to 8,000 characters; https links can be opened by buyers. It is kept encrypted.",
  textHint: "For example: https://pan.example/s/… key 7rt2",
  note: "What changed",
  noteHelp: "Those who bought it read this in their orders; leave the content itself out of it",
  noteHint: "For example: the files have a new address",
  save: "Publish this version",
  saved: "Published; those who bought it see it now",
  first: "Next: put it on sale",
  versions: "Versions",
  writtenAt: "Time",
  by: "By",
  show: "View",
  showTitle: n => `View version ${n}`,
  showText: "It is shown in clear, and that it was is recorded in the journal.",
  shown: n => `Version ${n}`,
  damaged: "This content is damaged and cannot be opened",
  bought: n => `Bought as version ${n}`,
};
