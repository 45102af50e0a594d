import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { isDatabaseLost } from './lost-database';

const failed = (driverError: Error) => new QueryFailedError('SELECT 1', [], driverError);
const coded = (code: string) => Object.assign(new Error('said by the server'), { code });

describe('isDatabaseLost', () => {
  it.each(['57P01', '57P02', '57P03', '53300', '08006', 'ECONNREFUSED', 'ECONNRESET'])('takes %s for a state that passes', (code) => {
    expect(isDatabaseLost(failed(coded(code)))).toBe(true);
  });

  it.each([
    'Connection terminated unexpectedly', 'Connection terminated', 'timeout exceeded when trying to connect', 'timeout expired',
    'Client has encountered a connection error and is not queryable', 'Client was closed and is not queryable',
  ])('knows what pg says without a code: %s', (message) => {
    expect(isDatabaseLost(failed(new Error(message)))).toBe(true);
    expect(isDatabaseLost(new Error(message))).toBe(true);
  });

  it('knows the rest of a transaction whose connection broke', () => {
    expect(isDatabaseLost(new QueryRunnerAlreadyReleasedError())).toBe(true);
  });

  it.each(['23505', '40001', '22P02'])('leaves %s, which is about what was sent, to others', (code) => {
    expect(isDatabaseLost(failed(coded(code)))).toBe(false);
  });

  it('is not moved by anything else', () => {
    expect(isDatabaseLost(new TypeError('cannot read properties of undefined'))).toBe(false);
    expect(isDatabaseLost('Connection terminated')).toBe(false);
  });
});
