/** The API's shapes by their names. */

import type { components } from "./schema";

type Shapes = components["schemas"];

export type Account = Shapes["Account"];
export type AccountEntry = Shapes["AccountEntry"];
export type ApiKey = Shapes["ApiKey"];
export type Approval = Shapes["Approval"];
export type AuditEntry = Shapes["AuditEntry"];
export type Buyer = Shapes["Buyer"];
export type Code = Shapes["Code"];
export type CodeBatch = Shapes["CodeBatch"];
export type CodeImport = Shapes["CodeImport"];
export type Currency = Shapes["Currency"];
export type Decisions = Shapes["Decisions"];
export type DeliveredCode = Shapes["DeliveredCode"];
export type ErrorCode = Shapes["ErrorCode"];
export type Expiries = Shapes["ExpiriesOfSku"];
export type ExportedCodes = Shapes["ExportedCodes"];
export type FileRow = Shapes["FileRow"];
export type Finding = Shapes["Finding"];
export type Held = Shapes["Held"];
export type JournalEntry = Shapes["JournalEntry"];
export type ListedPayment = Shapes["ListedPayment"];
export type ListedRefund = Shapes["ListedRefund"];
export type Merchant = Shapes["Merchant"];
export type Money = Shapes["Money"];
export type Order = Shapes["Order"];
export type OrderLink = Shapes["OrderLink"];
export type Overview = Shapes["Overview"];
export type Payment = Shapes["PaymentWithReceipts"];
export type Policy = Shapes["Policy"];
export type PolicyChange = Shapes["PolicyChange"];
export type Problem = Shapes["Problem"];
export type Product = Shapes["Product"];
export type ProductChange = Shapes["ProductChange"];
export type Refund = Shapes["Refund"];
export type Scope = Shapes["Scope"];
export type Shop = Shapes["Shop"];
export type Sku = Shapes["Sku"];
export type SkuChange = Shapes["SkuChange"];
export type Stock = Shapes["StockOfSku"];
export type Transfer = Shapes["Transfer"];
export type Wallet = Shapes["Wallet"];
