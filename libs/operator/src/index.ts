/** What the operator sees of the installation: the log's growth, followers, queues, dead jobs, processes. Nobody's events. */
export { OperatorModule } from './operator.module';
