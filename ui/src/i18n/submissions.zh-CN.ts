// Submissions in Chinese: what is handed to publishers, and what came of it.
import type { SubmissionState } from '../api/bindings';

const state: Record<SubmissionState, string> = {
  draft: '草稿',
  exported: '已导出',
  accepted: '已接受，待发布',
  published: '已发布',
  rejected: '已退回',
};

type Facts = { [fact in string]?: string };

export const submissions = {
  title: '提交',
  intro:
    '把自己的记录或需求交给目录源的发布者：写成一个签名的文件，用邮件或 U 盘送出；发布者的回执导入后，这里显示结果。',
  state,
  stateFilter: '状态',
  anyState: '全部状态',
  name: '记录',
  when: '提交时间',
  result: '结果',
  changed: '提交后有改动',
  gone: '本机已删除',
  never: '尚未提交',
  select: (name: string) => `选择“${name}”`,
  selectAll: '全选',
  hand: (n: string) => `提交所选 ${n} 条…`,
  handThis: '提交给发布者…',
  handNone: '提交所选…',
  receive: '导入回执…',
  rejectedFor: (reason: string) => `退回理由：${reason}`,
  published: '查看发布的记录',
  drafts: (shown: string, all: string) => `另有草稿 ${all} 条，只列出最近改动的 ${shown} 条`,
  empty: '还没有可提交的记录',
  emptyNote: '先新建自己的服务商、方案或需求，再在这里提交给目录源的发布者。',
  key: '提交密钥的指纹',
  keyText: '发布者据此认出是您提交的；请由另一渠道（电话、当面）告诉对方。密钥只存在本机的个人数据中。',
  dialog: {
    title: '提交给发布者',
    leaving: (n: string) => `以下 ${n} 条记录的这些内容将写入文件，除此之外什么也不送出：`,
    masked: '需求隐去企业名称、电话和邮箱',
    contact: '附上单位的公开联系方式',
    leftOut: (fields: string) => `不送出：${fields}`,
    parts: {
      contact: '联系方式',
      buyer: '企业名称',
      links: '与未提交记录的关联',
      columns: '表格中没有对应字段的列',
      imported: '来自哪个文件',
    },
    nothing: '没有可送出的内容',
    write: '选择位置并保存…',
  },
  written: (path: string) => `提交文件已写入 ${path}`,
  received: (feed: string, accepted: string, rejected: string) =>
    `已导入 ${feed} 的回执：接受 ${accepted} 条，退回 ${rejected} 条`,
  show: '查看',
  refused: {
    consent: (f: Facts) => `需求“${f.name ?? ''}”尚未注明企业同意向他人展示，不能提交。请在需求中勾选后再试。`,
    no_receipt: () => '这不是回执文件（.atlasreceipt）。',
    receipt_changed: () => '回执的签名不符：内容被人改动，或在传送中损坏。请向发布者重新索取。',
    receipt_foreign: () => '这份回执答复的不是本机的提交。',
    receipt_unknown_feed: (f: Facts) =>
      `尚未添加目录源 ${f.feed ?? ''}，无法核对回执。请先在“数据”中添加它并核对指纹。`,
    receipt_key: (f: Facts) => `回执不是由目录源 ${f.feed ?? ''} 的密钥签署的。若对方更换了密钥，请先同步再导入。`,
    receipt_replayed: () => '这份回执（或更晚的一份）已经导入过。',
    too_large: (f: Facts) => `文件过大：最多 ${f.limit ?? ''} ${f.field === 'records' ? '条记录' : '字节'}。`,
    record: (f: Facts) => `第 ${f.record ?? ''} 条记录不能提交：${f.detail ?? ''}`,
    unreadable: () => '无法读取该文件。',
  },
};
