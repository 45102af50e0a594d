import { CreateCapture1790000250000 } from './1790000250000-create-capture';

/** Capture's migrations, in order. */
export const CAPTURE_MIGRATIONS = [CreateCapture1790000250000];
