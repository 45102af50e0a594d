import type { BanNotice } from '@daodi/herbal';
import list from '../../../../seeds/input-bans.json';

/** Notices that ban ingredients from use on herbs, with their days. Which are verified, and why the others are not, stands with each. */
export const INPUT_BANS: readonly BanNotice[] = list.bans;
