/** Label: what is printed on the goods. */
import type { InlineProjection } from '@daodi/log';
import { sheetsProjection } from './sheets/sheets.projection';

export { LabelModule, LabelWorkerModule } from './label.module';
export { LABEL_MIGRATIONS } from './migrations';
export { LABEL_STATE } from './own-state';
export const LABEL_PROJECTIONS: readonly InlineProjection[] = [sheetsProjection];
export { Labels, type CodeText } from './labels.service';
export { type CodeImage, type Level, LEVELS, pngOf, svgOf } from './image/code-image';
/** What other printed matter is set with: fonts, line breaks, codes as areas. */
export { type Measure, MM_PER_PT, piecesOf, type Weight } from './layout/fit-text';
export { type LabelFonts, labelFonts, MISSING } from './pdf/fonts';
export { SymbolForms } from './pdf/symbol-forms';
export { FORMAT_NAMES, FORMATS, type FormatName, type LabelFormat } from './layout/label-format';
export type { LabelKind, LabelPiece, LabelText } from './layout/label-text';
export { renderSheet, type SheetPlan } from './pdf/render-sheet';
export { LabelRunner } from './sheets/label-runner.service';
export { LabelWorker } from './sheets/label.worker';
export { LABELS_MAX } from './sheets/sheet';
