/** Label: what is printed on the goods. */
export { LabelModule } from './label.module';
export { Labels, type LabelText } from './labels.service';
export { type CodeImage, type Level, LEVELS, pngOf, svgOf } from './image/code-image';
