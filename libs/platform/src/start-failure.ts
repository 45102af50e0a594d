/** A text for people, in both languages of the product. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/**
 * The product cannot start (or go on), and a person can do something about it. Its catcher prints the two
 * sentences and ends the process with code 1; a stack trace would only hide them.
 */
export class StartFailure extends Error {
  constructor(readonly sentence: Bilingual) {
    super(`${sentence.en} / ${sentence.zh}`);
    this.name = 'StartFailure';
  }
}

/** Node's and the system's error codes that mean a folder or disk is at fault, as a sentence about that folder. */
export function folderFailure(error: unknown, folder: string): StartFailure | undefined {
  switch ((error as NodeJS.ErrnoException | undefined)?.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new StartFailure({
        zh: `磁盘已满,无法写入数据目录 ${folder}。请腾出空间后重新启动;已保存的记录不受影响。`,
        en: `The disk is full: nothing can be written to the data folder ${folder}. Free some space and start again; what was saved is safe.`,
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StartFailure({
        zh: `当前用户无法写入数据目录 ${folder}。请修改目录权限,或用 DAODI_DATA 指定另一个目录。`,
        en: `This user may not write to the data folder ${folder}. Change its permissions, or name another folder with DAODI_DATA.`,
      });
    case 'ENOTDIR':
    case 'EEXIST':
      return new StartFailure({
        zh: `数据目录 ${folder} 的路径上有一个同名文件。请移走该文件,或用 DAODI_DATA 指定另一个目录。`,
        en: `There is a file where the data folder ${folder} should be. Move it away, or name another folder with DAODI_DATA.`,
      });
    default:
      return undefined;
  }
}
