// Exporting in Chinese.
import type { ExportFormat, ExportWhat, PrivateField } from '../api/bindings';

const formats: Record<ExportFormat, string> = {
  xlsx: 'Excel 工作簿',
  csv: 'CSV 表格',
  json: 'JSON 数据',
  pdf: 'PDF 报告',
  docx: 'Word 文档',
};
const notes: Record<ExportFormat, string> = {
  xlsx: '每种记录一张表，另附来源表；日期和数字保留类型，文字不会变成公式。',
  csv: '一张表；以 = + - @ 开头的文字前加撇号，防止被当作公式。',
  json: '记录的全部内容，供其他程序读取。',
  pdf: '排好版的报告，带页码、来源和日期。',
  docx: '可继续编辑的报告，带标题、表格和页码。',
};
const fields: Record<PrivateField, string> = {
  person: '联系人',
  phone: '联系电话',
  email: '联系邮箱',
  enterprise: '需求企业名称',
  letter: '来信原文',
  note: '备注',
};
const whats: Record<ExportWhat['what'], string> = {
  search: '当前列表的全部结果',
  records: '所选记录',
  comparison: '对比',
  match: '匹配结果与理由',
  offer: '适合的需求',
  roadmap: '从哪里开始',
  portfolio: '统筹分配',
  needs: '我的需求与进展',
};

export const exporting = {
  open: '导出…',
  title: '导出',
  format: '格式',
  formats,
  notes,
  language: '语言',
  noBom: '不写 BOM（Excel 直接打开时中文可能乱码）',
  whats,
  rows: (n: string) => `${n} 行`,
  private: '文件含有以下个人或内部信息；不想写出的请去掉勾选',
  noPrivate: '不含联系人、备注等个人或内部信息。',
  fields,
  phones: '写出完整号码（默认打码，如 138****1234）',
  save: '选择位置并保存…',
  writing: '正在写入…',
  stopping: '正在取消…',
  done: (rows: string, size: string) => `已写入 ${rows} 行，${size}`,
  contains: (what: string) => `含有：${what}`,
  cut: (n: string) => `有 ${n} 处文字超过 Excel 单元格上限（32,767 字），已截断。`,
  show: '在文件夹中显示',
  back: '返回',
};
