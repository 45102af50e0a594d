import { child, children, type Element, numberOf } from '../package/xml';
import { pictureSize } from '../package/parts';
import { partPictures } from '../template/picture-mark';
import type { DocxContext } from './docx-blocks';
import { colourOf, nearest, nearestNumber, switchOf } from './docx-styles';
import type { Piece, TextLook } from './paper-document';

/** Side of a code where the template says nothing else: it reads easily from paper. */
export const CODE_SIDE = 62;
/** Word's English metric units in a point. */
const EMU = 12_700;

/** The look of letters. */
export function lookOf(properties: readonly Element[]): TextLook {
  return {
    size: Math.min(400, Math.max(2, (nearestNumber(properties, 'w:sz', 'w:val') ?? 21) / 2)),
    isBold: switchOf(properties, 'w:b'),
    isUnderlined: switchOf(properties, 'w:u'),
    colour: colourOf(nearest(properties, 'w:color')?.getAttribute('w:val')) ?? '000000',
  };
}

/** What a paragraph is made of. Fields other than page numbers were refused when the template came. */
export function readPieces(paragraph: Element, context: DocxContext): Piece[] {
  const pieces: Piece[] = [];
  const field: FieldState = { depth: 0, code: '', isResult: false };
  const visit = (parent: Element): void => {
    for (const one of children(parent)) {
      if (one.tagName === 'w:r') pieces.push(...readRun(one, paragraph, context, field));
      else if (one.tagName === 'w:fldSimple') pieces.push(countPiece(one.getAttribute('w:instr') ?? '', lookOf(context.styles.run(child(one, 'w:r'), paragraph))));
      else if (['w:hyperlink', 'w:ins', 'w:smartTag', 'w:sdt', 'w:sdtContent'].includes(one.tagName)) visit(one);
    }
  };
  visit(paragraph);
  return pieces;
}

/** A field runs from run to run: begin, its code, what Word last computed, end. */
interface FieldState {
  depth: number;
  code: string;
  isResult: boolean;
}

function readRun(run: Element, paragraph: Element, context: DocxContext, field: FieldState): Piece[] {
  const properties = context.styles.run(run, paragraph);
  const look = lookOf(properties);
  if (switchOf(properties, 'w:vanish')) return [];
  return children(run).flatMap((one): Piece[] => {
    switch (one.tagName) {
      case 'w:fldChar':
        return fieldChar(one.getAttribute('w:fldCharType') ?? '', field, look);
      case 'w:instrText':
        field.code += one.textContent ?? '';
        return [];
      case 'w:t':
        return field.depth > 0 ? [] : partPictures(one.textContent ?? '').map(({ text, isPicture }) => (isPicture ? { what: 'code', text, side: Math.max(CODE_SIDE, look.size * 2) } : { what: 'text', text, ...look }));
      case 'w:tab':
        return [{ what: 'tab' }];
      case 'w:br':
        return [{ what: one.getAttribute('w:type') === 'page' ? 'page-break' : 'break' }];
      case 'w:noBreakHyphen':
        return [{ what: 'text', text: '-', ...look }];
      case 'w:drawing':
        return pictureOf(one, context);
      default:
        return [];
    }
  });
}

function fieldChar(type: string, field: FieldState, look: TextLook): Piece[] {
  if (type === 'begin') field.depth += 1;
  if (type !== 'end' || field.depth === 0) return [];
  field.depth -= 1;
  const code = field.code;
  field.code = '';
  return [countPiece(code, look)];
}

const countPiece = (code: string, look: TextLook): Piece => (/NUMPAGES/i.test(code) ? { what: 'page-count', ...look } : { what: 'page-number', ...look });

/** A picture that is part of the file, in the size the file gives it. Pictures that float are drawn where they are anchored. */
function pictureOf(drawing: Element, { office, relations }: DocxContext): Piece[] {
  const id = drawing.getElementsByTagName('a:blip')[0]?.getAttribute('r:embed') ?? '';
  const bytes = office.parts.get(relations.get(id) ?? '');
  const extent = drawing.getElementsByTagName('wp:extent')[0];
  if (bytes === undefined || pictureSize(bytes) === undefined) return [];
  const [width, height] = [(numberOf(extent, 'cx') ?? 0) / EMU, (numberOf(extent, 'cy') ?? 0) / EMU];
  return width <= 0 || height <= 0 ? [] : [{ what: 'picture', bytes: Buffer.from(bytes), width, height }];
}
