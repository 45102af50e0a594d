import { readReferenceLimits, type ReferenceLimit } from '@daodi/registry';
import standards from '../../../../seeds/standards.json';

/** Limits of herbs as they were read somewhere; none is verified. */
export const REFERENCE_ROWS: readonly ReferenceLimit[] = readReferenceLimits(standards);
