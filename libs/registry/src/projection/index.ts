import type { InlineProjection } from '@daodi/log';
import { filesProjection } from '../files/files.projection';
import { importsProjection } from './imports.projection';
import { gapProjection, inputsProjection } from './inputs.projection';
import { landUseProjection } from './land-use.projection';
import { landProjection } from './land.projection';
import { organisationsProjection } from './organisations.projection';
import { peopleProjection } from './people.projection';
import { pickersProjection } from './pickers.projection';
import { scalesProjection } from './scales.projection';
import { standardsProjection } from './standards.projection';
import { thingsProjection } from './things.projection';

/** The registry's inline projections; they come before those of every lib that reads the registry's tables. */
export const REGISTRY_PROJECTIONS: readonly InlineProjection[] = [organisationsProjection, peopleProjection, thingsProjection, landProjection, importsProjection, scalesProjection, landUseProjection, inputsProjection, pickersProjection, standardsProjection, filesProjection, gapProjection];
