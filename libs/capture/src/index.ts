/** Capture: EPCIS events from other systems on their way into the log. */
export { CaptureModule, CaptureWorkerModule } from './capture.module';
export { CAPTURE_MIGRATIONS } from './migrations';
export { type CaptureBacklog, captureBacklog } from './documents/capture-backlog';
export { CAPTURE_STATE } from './own-state';
export { CaptureRunner } from './run/capture-runner.service';
export { CaptureWorker } from './run/capture.worker';
export { prepareEvent, type PreparedEvent } from './domain/prepare-event';
export { CAPABILITY_HEADERS, EPCIS_VERSION, jsonTypeFor, refuseUnacceptable, VERSION_HEADERS } from './http/epcis-headers';
export { EpcisHeadersInterceptor } from './http/epcis-headers.interceptor';
export { type EpcisException, epcisProblem } from './http/epcis-problem';
export { nextLink, type Paging, parameterFault, parameterProblem, PER_PAGE_DEFAULT, PER_PAGE_MAX, readPaging, writeToken } from './http/paging';
export { bareEvent, type CapturedJob, EpcisBench, type EpcisBenchOptions, type Partner, partyOf, testDocument, testEvent } from './testing/epcis-bench';
