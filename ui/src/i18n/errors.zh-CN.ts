// What went wrong, and what to do about it, in Chinese.
import type { ErrorCode } from '../api/bindings';

const errorTitles: Record<ErrorCode, string> = {
  bad_request: '请求有误',
  not_found: '找不到记录',
  catalog_missing: '目录尚未就绪',
  folder_in_use: '数据文件夹正被占用',
  folder_read_only: '数据文件夹不可写',
  folder_missing: '找不到数据文件夹',
  disk_full: '磁盘已满',
  too_new: '文件版本较新',
  damaged: '文件已损坏',
  file_exists: '文件已存在',
  file_unwritable: '文件无法写入',
  no_font: '没有可用的中文字体',
  missing_glyph: '字体缺字',
  cancelled: '已取消',
  internal: '程序出错',
};

export const errors = {
  titles: errorTitles,
  badRequest: '这个地址或筛选条件无法理解，可能来自其他版本。',
  notFound: '目录中没有这条记录，可能已在更新中移除。',
  catalogMissing: '目录仍在导入，请稍候再试。',
  folderInUse: (path: string) => `另一个程序正在使用数据文件夹 ${path}。请关闭它后重试。`,
  folderReadOnly: (path: string) => `无法写入数据文件夹 ${path}。可以浏览，但不能保存改动。`,
  folderMissing: (path: string, pointer: string) =>
    `数据文件夹已移至 ${path}，但现在找不到它。请接上所在的磁盘后重试；若确已丢失，删除 ${pointer} 后将使用原处的数据。`,
  diskFull: (path: string) => `磁盘空间不足（${path}）。腾出空间后重试，已有数据没有丢失。`,
  tooNew: (path: string) => `${path} 由较新的版本写成，请更新本应用。`,
  damaged: (path: string) => `${path} 已损坏且无法自动修复，原文件保留未动。`,
  fileExists: (path: string) => `${path} 已存在，未改动。请换一个文件名。`,
  fileUnwritable: (path: string) => `无法写入 ${path}。请核对文件夹是否存在、是否有写入权限，或换一个位置。`,
  noFont: (what: string) =>
    `本机没有可嵌入的中文字体。请安装 ${what}（sudo apt install ${what}），或把字体文件放进数据文件夹的 fonts 子文件夹。`,
  missingGlyph: (char: string, code: string, text: string) =>
    `本机字体都没有“${char}”（${code}），见于“${text}”。请把含有该字的字体文件放进数据文件夹的 fonts 子文件夹，或导出为 Excel、Word。`,
  cancelled: '操作已取消。',
  internal: '程序内部出错，数据没有改动。可复制详情以便反馈。',
  details: '复制详情',
  overview: '回到总览',
};
