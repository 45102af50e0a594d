import { CAPTURE_STATE } from '@daodi/capture';
import { LABEL_STATE } from '@daodi/label';
import { LOG_STATE } from '@daodi/log';
import { NOTIFY_STATE } from '@daodi/notify';
import { PAPERS_STATE } from '@daodi/papers';
import { type OwnState, PLATFORM_STATE } from '@daodi/platform';
import { REGISTRY_STATE } from '@daodi/registry';
import { STAGES_STATE } from '@daodi/stages';
import { TRACE_STATE } from '@daodi/trace';

/** Everything that is kept beside the log, lib by lib. Whoever adds a table that no projection owns declares it here. */
export const OWN_STATE: readonly OwnState[] = [PLATFORM_STATE, LOG_STATE, REGISTRY_STATE, CAPTURE_STATE, TRACE_STATE, STAGES_STATE, LABEL_STATE, PAPERS_STATE, NOTIFY_STATE];
