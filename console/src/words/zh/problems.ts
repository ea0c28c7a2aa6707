/** What went wrong and what helps, by the code of the answer. */

import type { AnyCode } from "../../api/problem";

type Told = { what: string; cure: string };

export const problems: Record<AnyCode, Told> = {
  bad_request: { what: "请求没有被理解", cure: "刷新页面再试；还不行，把请求号告诉技术人员。" },
  idempotency_key_required: { what: "请求缺少防重复的标记", cure: "刷新页面再试。" },
  unauthorized: { what: "登录已失效", cure: "请重新登录。" },
  forbidden: { what: "你的角色不能做这件事", cure: "请让店主给你的角色加上权限，或请有权限的同事来做。" },
  not_found: { what: "没有找到", cure: "检查 ID 是否完整；也可能属于另一家店铺或另一种模式（正式 / 测试）。" },
  method_not_allowed: { what: "这里不能做这个操作", cure: "刷新页面再试。" },
  price_changed: { what: "价格变了，没有下单", cure: "按新价格再确认一次。" },
  out_of_stock: { what: "库存不够", cure: "先导入卡密，或减少数量。" },
  insufficient_funds: { what: "余额不够，钱没有动", cure: "先给钱包入账，或换一种支付方式。" },
  limit_exceeded: { what: "超过了限购或上限", cure: "减少数量，或修改规格的限购设置。" },
  merchant_suspended: {
    what: "商户已被暂停营业，不能下单和收款",
    cure: "在首页看平台写的原因，处理后请平台恢复。测试模式不受影响。",
  },
  not_on_sale: { what: "这个规格现在不能买", cure: "检查商品和规格是否上架、是否在销售时间内。" },
  order_state: { what: "订单的状态已经变了，没有改动", cure: "刷新订单，看看现在能做什么。" },
  hold_state: { what: "这笔冻结已经处理过", cure: "刷新后查看它的结果。" },
  payment_state: { what: "这笔支付已经有结果", cure: "刷新后查看。" },
  batch_state: { what: "这个批次现在不能这样做", cure: "等它的导入或正在进行的任务完成后再试。" },
  batch_seen: { what: "批次里有卡密被看过，不能移动或改期", cure: "改为停售或作废未售的卡密。" },
  code_state: { what: "这张卡密已经属于订单", cure: "到它的订单里退款。" },
  code_ambiguous: { what: "有好几张卡密都符合", cure: "从下面的 ID 里选一张。" },
  import_state: { what: "这次导入已经不等回答了", cure: "刷新后查看它的结果。" },
  code_revealed: { what: "卡密已经被看过，按规则不能退", cure: "确实要退时选“仍然退款”，损失由店铺承担。" },
  refund_rule: { what: "按这个规格的退款规则不能退", cure: "确实要退时选“仍然退款”，损失由店铺承担。" },
  external_id_taken: { what: "这个订单号已经用过", cure: "换一个新的订单号。" },
  voucher_used_up: { what: "券已经用完，或余额不够", cure: "换一张券，或少核销一些。" },
  voucher_expired: { what: "券已经过期", cure: "过期的券按它的规则处理，不能再核销。" },
  voucher_not_here: { what: "这张券不在这家门店核销", cure: "请到券面写明的门店。" },
  device_state: { what: "设备现在不能这样做", cure: "配对码只能用一次，一天内有效；请重新添加设备。" },
  voucher_state: { what: "券现在不能这样做", cure: "刷新后看看它的状态：可能还没生效、已退回或已撤销。" },
  stale: { what: "别人刚刚改过，没有保存", cure: "刷新后在新内容上再改。" },
  too_large: {
    what: "文件太大",
    cure: "卡密文件最大 256 MiB（XLSX 64 MiB），商品表格最大 8 MiB，图片最大 10 MiB，标志最大 32 KiB；请拆分或压缩后再传。",
  },
  unsupported_media_type: {
    what: "不支持这种文件",
    cure: "卡密和商品文件请用 CSV、TXT 或 XLSX；旧版 Excel（.xls）请另存为 XLSX。",
  },
  invalid: { what: "有内容填得不对，没有保存", cure: "改好标出的内容再提交。" },
  idempotency_key_reused: { what: "同一个请求被改动后重发", cure: "刷新页面再试。" },
  rate_limited: { what: "操作太频繁", cure: "稍等片刻再试。" },
  internal: { what: "服务器出错了", cure: "稍后再试；还不行，把请求号告诉技术人员。" },
  overloaded: { what: "系统正忙，没有受理", cure: "稍等几秒再试，不会重复执行。" },
  outcome_unknown: { what: "结果还不确定", cure: "刷新后查看是否成功；再点一次也不会执行两次。" },
  key_missing: { what: "这台服务器暂时解不开卡密，什么都没有改", cure: "稍后再试；持续出现请通知平台方检查主密钥。" },
  second_factor_required: { what: "还需要验证码", cure: "输入验证器里的 6 位数字。" },
  step_up_required: { what: "需要再确认一次身份", cure: "输入验证器里的 6 位数字后再试。" },
  csrf: { what: "页面已过期", cure: "刷新页面再试。" },
  self_approval: { what: "不能审批自己提交的操作", cure: "请另一位有权限的同事来审批。" },
  export_state: { what: "导出已经结束", cure: "刷新后查看结果。" },
  approval_state: { what: "这个审批已经有人处理", cure: "刷新后查看结果。" },
  taken: { what: "已经有同名的了", cure: "换一个没有用过的值。" },
  resource_state: { what: "它现在不能这样改", cure: "刷新后再看：归档的要先恢复，已经归档的不用再归档。" },
  in_use: { what: "还有别的配置在用它", cure: "先改掉引用它的配置，再归档。" },
  precondition_failed: { what: "别人刚刚改过，没有保存", cure: "刷新后在新内容上再改。" },
  passkey_cancelled: { what: "没有用成通行密钥", cure: "可能点了取消，或等得太久。再试一次，或用密码和验证码。" },
  passkey_known: { what: "这台设备已经有你的通行密钥", cure: "直接用它登录就行；要重做请先删除旧的。" },
  unreachable: { what: "连不上服务器", cure: "检查网络；已提交的操作再点一次也不会执行两次。" },
};

export const trouble = {
  request: "请求号",
  said: "服务器的说明",
  retry: "再试一次",
};
