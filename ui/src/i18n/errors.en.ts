// What went wrong, and what to do about it, in English.
import type { errors as zh } from './errors.zh-CN';

export const errors: typeof zh = {
  titles: {
    bad_request: 'Not understood',
    not_found: 'Record not found',
    catalog_missing: 'The catalog is not ready',
    folder_in_use: 'The data folder is in use',
    folder_read_only: 'The data folder cannot be written',
    folder_missing: 'The data folder is not there',
    disk_full: 'The disk is full',
    too_new: 'A file is of a newer version',
    damaged: 'A file is damaged',
    file_exists: 'The file is there already',
    file_unwritable: 'The file cannot be written',
    no_font: 'No font with Chinese',
    missing_glyph: 'A character is in no font',
    cancelled: 'Cancelled',
    internal: 'Something went wrong',
  },
  badRequest: 'This address or filter was not understood; it may come from another version.',
  notFound: 'The catalog does not hold this record; an update may have removed it.',
  catalogMissing: 'The catalog is still being imported; try again in a moment.',
  folderInUse: (path) => `Another program is using the data folder ${path}. Close it and try again.`,
  folderReadOnly: (path) => `The data folder ${path} cannot be written. You can browse, but changes are not saved.`,
  folderMissing: (path, pointer) =>
    `The data folder was moved to ${path}, which is not there. Connect the drive that holds it and try again; if it is lost, remove ${pointer} to use what is left where it was.`,
  diskFull: (path) => `There is no space left (${path}). Free some and try again; nothing was lost.`,
  tooNew: (path) => `${path} was written by a newer version; please update this app.`,
  damaged: (path) => `${path} is damaged and could not be repaired; the file was left as it is.`,
  fileExists: (path) => `${path} is there already and was not changed. Choose another name.`,
  fileUnwritable: (path) =>
    `${path} cannot be written. Check that its folder is there and lets you write, or choose another place.`,
  noFont: (what) =>
    `No font with Chinese that may be embedded was found. Install ${what} (sudo apt install ${what}), or put a font file into the folder fonts of the data folder.`,
  missingGlyph: (char, code, text) =>
    `No font has “${char}” (${code}), which occurs in “${text}”. Put a font file that has it into the folder fonts of the data folder, or export to Excel or Word.`,
  cancelled: 'The operation was cancelled.',
  internal: 'A fault of the app; no data was changed. Copy the details to report it.',
  details: 'Copy details',
  overview: 'Back to overview',
};
