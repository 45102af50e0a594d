import { CreateIdentity1790000100000 } from './1790000100000-create-identity';
import { CreateThings1790000200000 } from './1790000200000-create-things';
import { CreateImportGrants1791000500000 } from './1791000500000-create-import-grants';
import { CreateOwnerLink1791000800000 } from './1791000800000-create-owner-link';
import { CreatePickers1792000100000 } from './1792000100000-create-pickers';
import { CreateScales1792000400000 } from './1792000400000-create-scales';
import { CreateAllowances1792000400010 } from './1792000400010-create-allowances';
import { CreateLandUse1792000600000 } from './1792000600000-create-land-use';
import { CreateInputs1793000700000 } from './1793000700000-create-inputs';
import { CreateGapRecords1793000700010 } from './1793000700010-create-gap-records';
import { ShowLandUseToThePublicDoor1792000610000 } from './1792000610000-show-land-use-to-the-public-door';
import { ShowZoneKindsToThePublicDoor1793000910000 } from './1793000910000-show-zone-kinds-to-the-public-door';
import { CreateUploadedFiles1793000920000 } from './1793000920000-create-uploaded-files';
import { CreateSigningToken1794000110000 } from './1794000110000-create-signing-token';
import { AddDailyCapacity1794000300010 } from './1794000300010-add-daily-capacity';
import { CreateGiQuotas1794000300020 } from './1794000300020-create-gi-quotas';
import { CreateDigitalLinks1796000000000 } from './1796000000000-create-digital-links';
import { CreateAccreditations1796000000020 } from './1796000000020-create-accreditations';
import { CreateInstrumentTemplates1796000000010 } from './1796000000010-create-instrument-templates';
import { CreateStandards1793000400000 } from './1793000400000-create-standards';
import { ShowAreasToThePublicDoor1794000180000 } from './1794000180000-show-areas-to-the-public-door';

/** The registry's migrations, in order. */
export const REGISTRY_MIGRATIONS = [
  CreateIdentity1790000100000, CreateThings1790000200000, CreateImportGrants1791000500000, CreateOwnerLink1791000800000, CreatePickers1792000100000, CreateScales1792000400000, CreateAllowances1792000400010, CreateLandUse1792000600000,
  ShowLandUseToThePublicDoor1792000610000, CreateStandards1793000400000, CreateInputs1793000700000, CreateGapRecords1793000700010, ShowZoneKindsToThePublicDoor1793000910000, CreateUploadedFiles1793000920000, CreateSigningToken1794000110000, AddDailyCapacity1794000300010, CreateGiQuotas1794000300020, ShowAreasToThePublicDoor1794000180000, CreateDigitalLinks1796000000000, CreateInstrumentTemplates1796000000010, CreateAccreditations1796000000020,
];
