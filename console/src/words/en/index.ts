/** English, held to the Chinese texts by their type: a missing one does not compile. */

import type { Words } from "../zh";
import { approvals } from "./approvals";
import { bankTransfers } from "./bank-transfers";
import { catalog } from "./catalog";
import { codes } from "./codes";
import { contents } from "./contents";
import { developers, operator, requests } from "./developers";
import { exports } from "./exports";
import { facts, resourceFacts } from "./facts";
import { frame } from "./frame";
import { home } from "./home";
import { kit } from "./kit";
import { terms } from "./merchants";
import { money } from "./money";
import { orders } from "./orders";
import { accounts, exchanges } from "./payment-accounts";
import { problems, trouble } from "./problems";
import { productFiles } from "./product-files";
import { reasons } from "./reasons";
import { reports } from "./reports";
import { session } from "./session";
import { settings } from "./settings";
import { vouchers } from "./vouchers";

const en: Words = {
  frame,
  kit,
  problems,
  trouble,
  session,
  home,
  orders,
  money,
  bankTransfers,
  accounts,
  exchanges,
  catalog,
  codes,
  contents,
  reasons,
  reports,
  settings,
  terms,
  requests,
  productFiles,
  approvals,
  developers,
  exports,
  operator,
  vouchers,
  facts,
  resourceFacts,
};

export default en;
