import { Injectable } from '@nestjs/common';
import { decimalText } from '@daodi/epcis';
import { type Fault, invalid } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import type { LandKind } from '../projection/land.projection';
import type { Caller } from '../sign-in/caller';
import { findOwn, OwnThings, patched } from '../things/own-things.service';
import type { State, ThingKind } from '../things/thing-kind';
import { areaM2, type Boundary, boundaryToWgs84, readBoundary } from './boundary';
import type { Datum } from './datum';
import { groundM2 } from './ground';
import type { AddBaseDto, AddPlotDto, ChangeLandDto } from './land.dto';
import { areaNotes, overlapNotes, type Surveyed } from './land-notes';

const thing = (kind: LandKind, path: string): ThingKind => ({ record: kind, table: 'land', path, where: `kind = '${kind}'` });

/** How each kind of land is registered. */
export const LAND: Readonly<Record<LandKind, ThingKind>> = {
  base: thing('base', '/api/v1/bases'),
  plot: thing('plot', '/api/v1/plots'),
  'tending-area': thing('tending-area', '/api/v1/tending-areas'),
};

/**
 * Bases, plots and tending areas. A boundary that is none is refused; one that is odd (its area, an overlap) is taken
 * with notes. Each record is a version, whole.
 */
@Injectable()
export class LandService {
  constructor(private readonly things: OwnThings) {}

  add(caller: Caller, request: FastifyRequest, kind: LandKind, dto: AddBaseDto | AddPlotDto): Promise<ActAnswer> {
    const sent = surveyedFields(dto);
    return this.things.create(caller, request, LAND[kind], async (tx, id) => {
      await refuseStrangeBase(tx, caller, dto);
      return surveyed(tx, caller, kind, id, { ...dto, ...sent, version: 1, status: 'active' });
    });
  }

  change(caller: Caller, request: FastifyRequest, kind: LandKind, id: string, dto: ChangeLandDto): Promise<ActAnswer> {
    const sent = surveyedFields(dto);
    return this.things.change(caller, request, LAND[kind], id, dto.why, (tx, old) => {
      // The original of an earlier version belongs to that version.
      const base = sent.boundary === undefined ? old : { ...old, boundaryOriginal: undefined };
      return surveyed(tx, caller, kind, id.toLowerCase(), { ...patched(base, { ...dto, ...sent }), version: (old.version as number) + 1 });
    });
  }
}

/** The members of a body that need reading: the boundary, with the original where it was converted, and the mu. */
function surveyedFields({ boundary, datum, declaredMu }: { boundary?: object; datum?: Datum; declaredMu?: string | number }): State {
  const mu = declaredMu === undefined ? undefined : decimalText(declaredMu);
  if (boundary === undefined) {
    if (datum !== undefined) throw invalid([{ pointer: '/datum', rule: 'datum-alone', detail: { zh: '坐标系须与边界一同提交', en: 'A datum comes with its boundary' } }]);
    return { declaredMu: mu };
  }
  const reading = readBoundary(boundary, '/boundary');
  const faults: Fault[] = 'faults' in reading ? [...reading.faults] : [];
  if (datum === undefined) faults.push({ pointer: '/datum', rule: 'datum-missing', detail: { zh: '请注明边界的坐标系', en: 'Say in which datum the boundary was taken' } });
  if ('faults' in reading || datum === undefined) throw invalid(faults);
  const isSame = datum === 'WGS-84' || datum === 'CGCS2000';
  return {
    declaredMu: mu,
    datum,
    boundary: boundaryToWgs84(reading.boundary, datum),
    boundaryOriginal: isSame ? undefined : reading.boundary,
  };
}

/** Completes a state with the measured area and the notes; the years must be in order. */
async function surveyed(tx: EntityManager, caller: Caller, kind: LandKind, id: string, state: State): Promise<State> {
  const land = state as Surveyed;
  if (land.fromYear !== undefined && land.toYear !== undefined && land.toYear < land.fromYear) {
    throw invalid([{ pointer: '/toYear', rule: 'years-order', detail: { zh: '结束年份早于开始年份', en: 'The last year is before the first' } }]);
  }
  const measured = land.boundary === undefined ? undefined : Math.round(areaM2(land.boundary as Boundary));
  const overlaps = state.status === 'active' ? await overlapNotes(tx, caller.organisationId, id, kind, land) : [];
  const groundAreaM2 = measured === undefined || land.slopeDegrees === undefined ? undefined : groundM2(measured, land.slopeDegrees);
  return { ...state, areaM2: measured, groundAreaM2, notes: [...areaNotes(land), ...overlaps] };
}

async function refuseStrangeBase(tx: EntityManager, caller: Caller, dto: AddBaseDto | AddPlotDto): Promise<void> {
  if (!('baseId' in dto) || (await findOwn(tx, caller, LAND.base, dto.baseId)) !== undefined) return;
  throw invalid([{ pointer: '/baseId', rule: 'unknown-base', detail: { zh: '没有这个基地', en: 'There is no such base' } }]);
}
