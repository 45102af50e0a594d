import { CreateCapture1790000250000 } from './1790000250000-create-capture';
import { CaptureImports1791000500100 } from './1791000500100-capture-imports';

/** Capture's migrations, in order. */
export const CAPTURE_MIGRATIONS = [CreateCapture1790000250000, CaptureImports1791000500100];
